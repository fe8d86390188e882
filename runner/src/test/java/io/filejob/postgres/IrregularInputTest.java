package io.filejob.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.status.FileJobStatus;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as spreadsheets write them are loaded with the values that they show, in each slicing and mode. */
@Timeout(180)
final class IrregularInputTest {
    private static final String FILE =
            "Export of 2020\r\nsep=;\r\nSKU ;Price;NOTE;\r\na;1.234,5;7\" single;\r\nb;NA;\"x;y\";\r\nc;-12\r\n"
                    + "d;0,001;Déjà \"vu\";\r\ne;1.234.567,25;\"=\"\"2\"\"\"!;\r\nTotal;1.234.589,751\r\n";
    private static final String COLUMNS =
            "table: t, createTable: true, columns: [{from: sku}, {from: price, type: 'numeric(12,3)'}, {from: note}]";

    @TempDir
    private Path folder;

    private static String format(String encoding) {
        return "delimiter: ';', encoding: " + encoding + ", skipLines: 1, skipFooter: 1, looseNames: true,"
                + " trailingDelimiter: true, fillMissing: true, lenientQuotes: true, decimal: ',', thousands: '.',"
                + " nullTexts: [NA, '', '-']";
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, 'mode: upsert, keys: [sku]', 16",
        "UTF-8, 'mode: replace', 1Mi",
        "UTF-8, 'mode: append', 16",
        "windows-1252, 'mode: upsert, keys: [sku]', 16",
        "latin1, 'mode: append', 1Mi",
        "UTF-16, 'mode: replace', 16",
        "UTF-16LE, 'mode: upsert, keys: [sku]', 1Mi"
    })
    void aReportOfASpreadsheetIsLoaded(String encoding, String mode, String sliceBytes) {
        IngestRun run = new IngestRun(folder);
        run.file("report.csv", FILE.getBytes(Charset.forName(encoding)));
        run.completes(run.job(format(encoding), COLUMNS + ", " + mode, "", sliceBytes));
        assertThat(run.database
                        .query("SELECT sku, price, note FROM t ORDER BY sku")
                        .rows())
                .isEqualTo(List.of(
                        List.of("a", "1234.500", "7\" single"),
                        Arrays.asList("b", null, "x;y"),
                        Arrays.asList("c", "-12.000", null),
                        List.of("d", "0.001", "Déjà \"vu\""),
                        List.of("e", "1234567.250", "=\"2\"!")));
        run.assertNothingLeft();
    }

    @Test
    void numbersOfAnotherNotationAreBadRecords() {
        IngestRun run = new IngestRun(folder);
        run.file("a.csv", "sku;price;note\na;1.23;x\nb;1,5;y\nc;1.5;z\nd;1,2.3;z\n");
        FileJobStatus status = run.completes(run.job(
                "delimiter: ';', decimal: ',', thousands: '.'",
                COLUMNS + ", keys: [sku]",
                "onBadRecord: skip, rejects: {uri: bad.out}".replace(", rejects", "\n  rejects"),
                "1Mi"));
        assertThat(run.database.query("SELECT sku, price FROM t").rows()).isEqualTo(List.of(List.of("b", "1.500")));
        assertThat(IngestRun.rows(status).rejected()).isEqualTo(3);
    }
}
