package io.filejob.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadedNamesTest {
    @ParameterizedTest
    @CsvSource({
        "plays.csv,              plays.csv",
        "../../etc/passwd,       passwd",
        "C:\\temp\\plays.csv,    plays.csv",
        "/,                      none",
        "..,                     none",
        ".hidden,                hidden",
        "'a\u0000b\r\nc.csv',    abc.csv",
        "'\u202Egpj.exe',        gpj.exe",
        "Stücke 1.csv,           Stücke 1.csv",
    })
    void aNameHasNoFolderAndNoControlCharacter(String given, String cleaned) {
        assertThat(FileNames.cleaned(given, "none")).isEqualTo(cleaned);
    }

    @Test
    void aLongNameKeepsItsEnd() {
        assertThat(FileNames.cleaned("x".repeat(1000) + ".csv.gz", "none"))
                .hasSize(FileNames.MAX_LENGTH)
                .endsWith(".csv.gz");
        assertThat(FileNames.cleaned(null, "none")).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plays.csv    | attachment; filename=\"plays.csv\"",
                "a\"b\\c.csv  | attachment; filename=\"c.csv\"",
                "a\"b.csv     | attachment; filename=\"a_b.csv\"; filename*=UTF-8''a%22b.csv",
                "50%.csv      | attachment; filename=\"50_.csv\"; filename*=UTF-8''50%25.csv",
                "ü;x.csv      | attachment; filename=\"_;x.csv\"; filename*=UTF-8''%C3%BC%3Bx.csv",
            })
    void anAttachmentHasANameForOldAndNewBrowsers(String name, String header) {
        assertThat(FileNames.attachment(name)).isEqualTo(header);
    }

    @Test
    void aNameCannotAddAHeader() {
        assertThat(FileNames.attachment("a\r\nSet-Cookie: x=1"))
                .doesNotContain("\r")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=plays.csv | plays.csv",
                "attachment; filename=\"my plays.csv\" | my plays.csv",
                "attachment; filename=\"a\\\"b.csv\" | a\"b.csv",
                "attachment; filename=x.csv; filename*=UTF-8''%C3%BC.csv | ü.csv",
                "attachment; filename*=UTF-8''100% | 100%",
            })
    void theNameOfAnUploadIsRead(String header, String name) {
        assertThat(FileNames.ofDisposition(header)).contains(name);
        assertThat(FileNames.ofDisposition("attachment")).isEmpty();
        assertThat(FileNames.ofDisposition(null)).isEmpty();
    }
}
