package io.filejob.engine.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.filejob.image.ImageFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ImageNameTest {
    private static final byte[] DIGEST = new byte[32];

    private static String name(String serial) {
        return ImageName.of(serial, 1, DIGEST, ImageFormat.JPEG);
    }

    static Stream<String> strangeSerials() {
        return Stream.of(
                " ",
                ".",
                "..",
                "../../etc/passwd",
                "/",
                "a/b",
                "a\\b",
                "a\0b",
                "a\nb",
                "-rf",
                ".hidden",
                "*?[x]{a,b}",
                "50%25",
                "a+b c",
                "#1?x=y",
                "\uD83D\uDE00",
                "\u00e9\u0301",
                "CON",
                "x".repeat(120),
                "x".repeat(10_000),
                "\u4e2d".repeat(10_000),
                "/".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("strangeSerials")
    void everySerialNumberHasANameThatIsValidEverywhere(String serial) {
        String name = name(serial);
        assertThat(name).matches("[A-Za-z0-9_!][A-Za-z0-9._!-]*-1-0{12}\\.jpg");
        assertThat(name.length()).isLessThanOrEqualTo(200);
        assertThat(Path.of("folder").resolve(name).normalize().getParent()).isEqualTo(Path.of("folder"));
        assertThat(ImageName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "SKU_1.2-b, SKU_1.2-b",
        "a/b, a!2Fb",
        "a!2Fb, a!212Fb",
        "a b, a!20b",
        ".., !2E.",
        "-rf, !2Drf",
        "ä, !C3!A4"
    })
    void aSerialNumberIsReadableInTheName(String serial, String expected) {
        assertThat(name(serial)).isEqualTo(expected + "-1-000000000000.jpg");
    }

    @Test
    void differentSerialNumbersHaveDifferentNames() {
        List<String> serials = new ArrayList<>(strangeSerials().toList());
        serials.add("a!2Fb");
        serials.add("x".repeat(119) + "y");
        serials.add("x".repeat(9_999) + "y");
        serials.add("\u4e2d".repeat(9_999));
        // A text that looks like the name of a long serial number.
        String longName = name("x".repeat(10_000));
        serials.add(longName.substring(0, longName.length() - "-1-000000000000.jpg".length()));
        Random random = new Random(1);
        String letters = "!2F/.-a";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = 5 + random.nextInt(40);
            for (int at = 0; at < length; at++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            serials.add(text.toString());
        }
        List<String> distinct = serials.stream().distinct().toList();
        assertThat(distinct.stream().map(ImageNameTest::name)).doesNotHaveDuplicates();
    }

    @Test
    void positionContentAndFormatAreInTheName() {
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (0xa0 + i);
        }
        assertThat(ImageName.of("7", 12, digest, ImageFormat.WEBP)).isEqualTo("7-12-a0a1a2a3a4a5.webp");
    }

    @ParameterizedTest
    @MethodSource("strangeSerials")
    void textsWithOtherCharactersAreNoNames(String text) {
        assertThat(ImageName.isValid(text)).isEqualTo(text.matches("[A-Za-z0-9]+") && text.length() <= 200);
    }
}
