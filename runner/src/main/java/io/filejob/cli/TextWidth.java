package io.filejob.cli;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Widths of texts in the columns of a terminal. */
final class TextWidth {
    private static final String ELLIPSIS = "…";
    private static final Set<UnicodeScript> WIDE = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI);
    /** The symbols and punctuation of East Asia, and the forms of full width. */
    private static final int[][] WIDE_RANGES = {
        {0x3000, 0x303E}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}
    };

    private TextWidth() {}

    /** Returns the number of columns that {@code text} takes, which has no control characters. */
    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    private static int of(int point) {
        if (point < 0x300) {
            return 1;
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(point) ? 2 : 1;
        };
    }

    private static boolean isWide(int point) {
        for (int[] range : WIDE_RANGES) {
            if (point >= range[0] && point <= range[1]) {
                return true;
            }
        }
        return WIDE.contains(UnicodeScript.of(point)) && !(point >= 0xFF61 && point <= 0xFFDC);
    }

    /** Returns {@code text} or, if it takes more than {@code columns}, which is at least 1, its beginning and an ellipsis. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 1;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            width += of(point);
            if (width > columns) {
                break;
            }
            cut.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return cut + ELLIPSIS;
    }
}
