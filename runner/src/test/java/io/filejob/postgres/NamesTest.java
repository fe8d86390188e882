package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tables and columns are used unchanged, and also appear in messages about refused rows. */
@Timeout(180)
final class NamesTest {
    @TempDir
    private Path folder;

    private IngestRun run;

    @BeforeEach
    void start() {
        run = new IngestRun(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Price", "a price", "the \"price\"", "price: now", "v1.2", "it's, 7", "n", "Preis in €"})
    void ofColumns(String name) {
        String quoted = Sql.quoteIdentifier(name);
        run.database.execute("CREATE TABLE t (k text PRIMARY KEY, price integer, " + quoted + " integer)");
        run.file("a.csv", "k,v\na,1\nb,x\n");
        String columns = "columns: [{from: k}, {from: \"#2\", to: '" + name.replace("'", "''") + "', type: int4}]";
        assertThat(run.loadsGood("table: t, keys: [k], " + columns).inserted()).isEqualTo(1);
        assertThat(run.database.query("SELECT " + quoted + " FROM t").rows()).containsExactly(List.of("1"));
        assertThat(run.rejects()).contains(",3,#2,invalid input syntax for type integer,\"b,x\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Products", "odd 1, line 2", "in.Odd \"s\" 3", "MY.T"})
    void ofTables(String name) {
        TableName table = TableName.of(name);
        if (table.schema() != null) {
            run.database.execute("CREATE SCHEMA " + Sql.quoteIdentifier(table.schema()));
        }
        run.database.execute("CREATE TABLE " + table.sql() + " (k text PRIMARY KEY, n integer)");
        run.file("a.csv", "k,n\na,1\nb,x\nc,3\n");
        String named = "table: '" + name + "', ";
        assertThat(run.loadsGood(named + "mode: append").inserted()).isEqualTo(2);
        assertThat(run.rejects()).contains(",3,n,invalid input syntax for type integer,\"b,x\"");
        assertThat(run.loadsGood(named + "keys: [k]").unchanged()).isEqualTo(2);
        assertThat(run.database.query("TABLE " + table.sql()).rows())
                .containsExactly(List.of("a", "1"), List.of("c", "3"));
        run.assertNothingLeft();
    }
}
