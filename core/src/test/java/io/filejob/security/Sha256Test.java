package io.filejob.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class Sha256Test {
    /** The digest of "abc", from the example in FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void theDigestIsThatOfTheStandard() {
        assertThat(Sha256.of("abc")).isEqualTo("sha256:" + ABC);
        assertThat(Sha256.of("abc".getBytes(US_ASCII))).isEqualTo("sha256:" + ABC);
        assertThat(Sha256.of(new byte[0]))
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void piecesCountAsOneSequence() {
        assertThat(new Sha256()
                        .update("xab".getBytes(US_ASCII), 1, 2)
                        .update("c")
                        .text())
                .isEqualTo("sha256:" + ABC);
    }

    @Test
    void aDigestBeginsANewSequence() {
        Sha256 digest = new Sha256().update("something else");
        assertThat(digest.text()).isNotEqualTo("sha256:" + ABC);
        assertThat(digest.update("abc").text()).isEqualTo("sha256:" + ABC);
    }

    @Test
    void aShortDigestIsTheBeginningOfTheWholeOne() {
        assertThat(new Sha256().update("abc").hex(8)).isEqualTo(ABC.substring(0, 16));
        assertThat(new Sha256().update("abc").hex(32)).isEqualTo(ABC);
    }

    @Test
    void textsAreDigestedAsUtf8() {
        assertThat(Sha256.of("ü")).isEqualTo(Sha256.of(new byte[] {(byte) 0xC3, (byte) 0xBC}));
    }
}
