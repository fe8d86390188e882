package io.filejob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.filejob.testing.postgres.PostgresServer;
import io.filejob.testing.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs one-line commands as users do, and compares them with the manifests that they print. */
final class OneLineCommandTest {
    private static final String PASSWORD_URL = "postgresql://shop:s3cret-word@localhost/shop";

    @TempDir
    private Path folder;

    @BeforeEach
    void input() throws IOException {
        Files.writeString(folder.resolve("plays.csv"), """
                Song,Date,Number of Plays,"a,b"
                Blue,2020-01-01,12,1
                Red,2019-12-31,7,2
                Blue,2020-01-02,5,3
                "Red, live",2020-01-02,90,4
                """);
        Files.writeString(folder.resolve("plays.tsv"), "Song\tPlays\nBlue\t1\nRed\t2\nBlue\t4\n");
        Files.writeString(folder.resolve("plays[1].csv"), "Song;Plays\nBlue;1\nRed;x\n");
        Files.writeString(folder.resolve("numbers.txt"), "1\n2\n4.5\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "average -c,Number of Plays,plays.csv                                   | 28.5",
                "average -c,Plays,plays.tsv                                             | 2.333333333333333333333333333333333",
                "average -c,#2,*.tsv,--no-header,--skip-bad                             | 2.333333333333333333333333333333333",
                "average --lines,numbers.txt                                            | 2.5",
                "average -c,Plays,-d,semicolon,--tolerate,1,plays[1].csv                | 1",
                "aggregate --by,Song,--sum,Number of Plays:Total,plays.csv              | Blue,17/Red,7/Red; live,90",
                "aggregate --sum,Number of Plays,--count,--max=Date:Last:date,plays.csv | 114,4,2020-01-02",
                "aggregate --count,plays.csv,--by,Song                                  | Blue,2/Red,1/Red; live,1",
                "aggregate --by,Song,--count=:N,--where,Date>=2020-01-01,plays.csv      | Blue,2/Red; live,1",
                "aggregate --by,Song,--count,--having,count>1,plays.csv                 | Blue,2",
                "aggregate --by,Song,--sum,Plays,--top,1,plays.tsv                      | Blue,5",
                "aggregate --by,Song,--sum,Plays,--bottom,1,--rank-by,Song,plays.tsv    | Blue,5",
                "aggregate --header,s;p,-w,3,--count,--min,p,plays.tsv,--skip-bad       | 3,1"
            })
    void aCommandHasTheResultOfItsManifest(String command, String rows) throws IOException {
        List<String> arguments = arguments(command);
        End printed = run(with(arguments, "--manifest"));
        assertThat(printed.status()).as(printed.err()).isZero();
        Files.writeString(folder.resolve("job.yaml"), printed.out());
        String manifest = folder.resolve("job.yaml").toString();
        assertThat(End.of("validate", manifest).status()).isZero();
        JsonNode direct = status(run(with(arguments, "-q", "-o", "json")));
        assertThat(direct).isEqualTo(status(End.of("run", "-q", "-o", "json", manifest)));
        List<String> values = new ArrayList<>();
        JsonNode result = direct.path("result");
        if (result.has("average")) {
            values.add(result.path("average").asText());
        }
        result.path("rows").forEach(row -> {
            List<String> fields = new ArrayList<>();
            row.forEach(field -> fields.add(field.asText().replace(',', ';')));
            values.add(String.join(",", fields));
        });
        assertThat(String.join("/", values)).isEqualTo(rows.strip());
    }

    @Test
    void theManifestIsAsPeopleWriteIt() {
        End end = run(List.of(
                "aggregate",
                "--by=Song,\"a,b\"",
                "--sum=Number of Plays:Total",
                "--count=:no",
                "--where=Date>=2020-01-01",
                "--top=3",
                "--delimiter=comma",
                "--rejects=bad.csv",
                "-w4",
                "-o",
                "totals.csv",
                "plays.csv",
                "--manifest"));
        assertThat(end.out()).isEqualTo("""
                apiVersion: filejob.io/v1alpha1
                kind: FileJob
                metadata:
                  name: aggregate
                spec:
                  workers: 4
                  onBadRecord: skip
                  rejects: {uri: bad.csv}
                  input:
                    files: [plays.csv]
                    format:
                      csv: {delimiter: ","}
                  operation:
                    aggregate:
                      groupBy: [Song, "a,b"]
                      measures:
                      - {function: sum, column: Number of Plays, as: Total}
                      - {function: count, as: "no"}
                      where:
                      - {column: Date, operator: ">=", value: "2020-01-01", type: date}
                      top: {by: Total, order: descending, limit: 3}
                  output: {uri: totals.csv}
                """);
        assertThat(folder.resolve("totals.csv")).doesNotExist();
    }

    @Test
    void theDelimiterIsFoundOnRequestAndShown() throws IOException {
        List<String> command = List.of("average", "-q", "-d", "auto", "-c", "Plays", "--skip-bad", "plays[1].csv");
        End end = run(command);
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(end.out()).startsWith("average   1\n");
        assertThat(end.err()).contains("--delimiter auto: the fields are separated by semicolons\n");
        assertThat(run(with(command, "--manifest")).out()).contains("csv: {delimiter: \";\"}");

        Files.writeString(folder.resolve("one.csv"), "Plays\n1\n");
        End refused = run(List.of("average", "-d", "auto", "-c", "Plays", "one.csv"));
        assertThat(refused.status()).isEqualTo(65);
        assertThat(refused.err()).contains("one.csv: delimiter auto: neither commas nor");
        assertThat(run(List.of("average", "-d", "auto", "-c", "Plays", "-")).status())
                .isEqualTo(64);
    }

    @Test
    void theOutputHoldsAllRows() {
        End end = run(List.of("aggregate", "--by", "Song", "--count", "plays.csv", "-q", "-o", "totals.csv"));
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(folder.resolve("totals.csv")).hasContent("Song,count\nBlue,2\nRed,1\n\"Red, live\",1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "aggregate --by,Song,plays.csv                          | a measure is missing",
                "aggregate --by,Song;Song,--count,plays.csv             | --by: \"Song\" is there twice",
                "aggregate --count,--where,Date,plays.csv               | --where Date: ",
                "aggregate --count,--where,Date:date>=May,plays.csv     | --where Date: \"May\" is not a date",
                "aggregate --count,--top,1,--bottom,1,plays.csv         | --top and --bottom",
                "aggregate --count,--rank-by,count,plays.csv            | --rank-by: has no effect",
                "aggregate --count,--top,1,--rank-by,x,plays.csv        | --rank-by: \"x\" is not a column of the output",
                "aggregate --count,--count,plays.csv                    | measures: ",
                "aggregate --count,plays.csv,plays.tsv                  | 1 of 2 inputs end with .tsv",
                "average -c,Plays,-d,tabs,plays.tsv                     | --delimiter tabs: ",
                "average plays.csv                                      | --column",
                "average --lines,-d,tab,numbers.txt                     | --lines",
                "average -c,Plays,-o,jsn,plays.tsv                      | --output jsn: ",
                "average -c,Plays,--tolerate,few,plays.tsv              | --tolerate few: ",
                "average -c,Plays,--name,A_b,plays.tsv                  | --name: ",
                "ingest -t,products,--db,,p.csv                         | --db: the URL is empty",
                "ingest -t,products,--mode,upsert,p.csv                 | --key",
                "ingest -t,products,-c,a:b:text:x,p.csv                 | --column a:b:text:x: ",
                "images catalogue.csv,--to,out,--quality,101            | --quality: "
            })
    void mistakesAreRefusedByTheNameOfTheOption(String command, String message) {
        End end = End.of(arguments(command).toArray(String[]::new));
        assertThat(end.status()).as(end.err()).isEqualTo(64);
        assertThat(end.err()).startsWith("filejob: " + message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rowsAreLoadedIntoADatabase(boolean processes) throws IOException {
        Files.writeString(folder.resolve("p.csv"), "sku,price\na,1.50\nb,2\na,3\n");
        TestDatabase database = PostgresServer.shared().database();
        String url = String.format(
                Locale.ROOT,
                "postgresql://%s:%s@%s:%d/%s",
                TestDatabase.USER,
                TestDatabase.PASSWORD,
                PostgresServer.HOST,
                PostgresServer.shared().port(),
                database.name());
        List<String> load =
                List.of("ingest", "-q", "-t", "products", "-k", "sku", "-c", "sku", "-c", "price::numeric(10,2)");
        List<String> arguments = with(load, "--create", "p.csv", "--db", url);
        End end = run(processes ? with(arguments, "--processes") : arguments);
        assertThat(end.status()).as(end.err()).isZero();
        assertThat(database.query("SELECT sku, price FROM products ORDER BY sku"))
                .hasToString(database.query("VALUES ('a', 3.00), ('b', 2.00)").toString());

        // The manifest finds the same database by the environment, and rows are unchanged.
        End printed = run(with(arguments, "--manifest"));
        assertThat(printed.out()).doesNotContain(TestDatabase.PASSWORD + "@").contains("secret: {name: products-db}");
        Files.writeString(folder.resolve("job.yaml"), printed.out());
        for (Map<String, String> environment : List.of(
                Map.of("DATABASE_URL", url),
                Map.of(
                        "PGHOST", PostgresServer.HOST,
                        "PGPORT", Integer.toString(PostgresServer.shared().port()),
                        "PGUSER", TestDatabase.USER,
                        "PGPASSWORD", TestDatabase.PASSWORD,
                        "PGDATABASE", database.name()))) {
            End again = CommandProcess.run(folder, environment, List.of("run", "-q", "-o", "json", "job.yaml"));
            assertThat(again.status()).as(again.err()).isZero();
            assertThat(again.json().at("/status/result/unchanged").asInt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PASSWORD_URL + "?sslmode=s3cret-word",
                PASSWORD_URL + "?s3cret=1",
                "postgresql://shop:s3cret-word%@localhost/shop",
                "postgresql://shop:s3cret-word@@localhost/shop",
                "mysql://shop:s3cret-word@localhost/shop",
                "postgresql://shop:s3cret-word@localhost:s3/shop",
                "postgresql://shop:s3cret-word@%2Ftmp/shop"
            })
    void aWrongUrlIsRefusedWithoutItsPassword(String url) throws IOException {
        Files.writeString(folder.resolve("p.csv"), "sku\na\n");
        End end = run(List.of("ingest", "-q", "-t", "products", "-k", "sku", "p.csv", "--db", url));
        assertThat(end.status()).as(end.err()).isEqualTo(78);
        assertThat(end.err() + end.out()).contains("filejob: --db: ").doesNotContain("s3cret");
        assertThat(run(List.of("ingest", "-t", "products", "-k", "sku", "p.csv", "--manifest", "--db", url))
                        .out())
                .contains("kind: FileJob")
                .doesNotContain("s3cret");
    }

    private End run(List<String> arguments) {
        return CommandProcess.run(folder, Map.of(), arguments);
    }

    /** Returns the command and its arguments, which are separated by commas, with semicolons for commas in them. */
    private static List<String> arguments(String text) {
        List<String> arguments = new ArrayList<>();
        arguments.add(text.substring(0, text.indexOf(' ')));
        for (String argument : text.substring(text.indexOf(' ') + 1).strip().split(",", -1)) {
            arguments.add(argument.replace(';', ','));
        }
        return arguments;
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    /** Returns the status without times and the number of workers. */
    private static JsonNode status(End end) throws IOException {
        assertThat(end.status()).as(end.err()).isZero();
        ObjectNode status = (ObjectNode) end.json().path("status");
        status.remove(List.of("startTime", "completionTime", "workers"));
        status.withObject("/summary").remove(List.of("duration", "rowsPerSecond"));
        status.path("conditions").forEach(each -> ((ObjectNode) each).remove("lastTransitionTime"));
        return status;
    }
}
