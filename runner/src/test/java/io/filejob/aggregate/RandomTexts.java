package io.filejob.aggregate;

import io.filejob.aggregate.RandomColumn.Kind;

/** Possible values of columns. U+FFFF stands for a byte that is not UTF-8. */
final class RandomTexts {
    private RandomTexts() {}

    /** Returns the usual values of a column, which are never bad. */
    static String[] usual(Kind kind) {
        return switch (kind) {
            case KEY ->
                new String[] {
                    "a",
                    "b",
                    "B",
                    "ab",
                    "a",
                    "\u00E4",
                    "",
                    "a b",
                    "NULL",
                    "-",
                    "x,y",
                    "a\"b",
                    "it's",
                    "two\nlines",
                    "1",
                    "01",
                    "\uD83D\uDE00",
                    "\uFF5E",
                    "a;b|c\td",
                    "\\",
                    "back\\slash\\",
                    "a\r\nb",
                    "\r"
                };
            case NUMBER ->
                new String[] {
                    "0",
                    "1",
                    "-2",
                    "+3",
                    "12.5",
                    "-0.75",
                    ".5",
                    "5.",
                    "-.5",
                    "1e3",
                    "2.5E-2",
                    "12345678",
                    "1.0",
                    "1.00",
                    "-0",
                    "0.000",
                    "123456789.123456789",
                    " 7 ",
                    "\t8",
                    "12345678901234567890.5",
                    "-99999.99",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "1e-30",
                    "00012",
                    "170141183460469231731687303715884105728"
                };
            case DATE -> new String[] {"2020-01-01", "2020-01-02", "2020-02-29", "1999-12-31", "2020-01-10"};
            case TEXT ->
                new String[] {
                    "x",
                    "",
                    "a b",
                    "a,b",
                    "say \"hi\"",
                    "two\nlines",
                    "\r\n,\r\n1,2,3\r\n",
                    "\r",
                    "\"",
                    "\"\"",
                    "a;b;c\n1;2;3\n",
                    "NULL",
                    "\n#no comment\n",
                    "\n\n\n",
                    "','",
                    "\n\",\"\n",
                    "\\\"",
                    "\u20AC\uD83D\uDE00",
                    "plain text that is longer than one block of sixty-four bytes, if you count it"
                };
        };
    }

    /** Returns rare values of a column, some of which are bad. */
    static String[] odd(Kind kind) {
        return switch (kind) {
            case KEY ->
                new String[] {
                    "a\uFFFFb", "\uFFFF", "a long key that is longer than one block of sixty-four bytes, if you count"
                };
            case NUMBER ->
                new String[] {
                    "abc",
                    " ",
                    "",
                    "-",
                    ".",
                    "1.2.3",
                    "--1",
                    "1,5",
                    "NaN",
                    "1e",
                    "-.",
                    "1:2",
                    "Infinity",
                    "0x1",
                    "1e1000",
                    "1e-1000",
                    "1e1001",
                    "-1e99999999999",
                    "1e0000000000001",
                    "\u0661",
                    "1\uFFFF",
                    "1\n",
                    "1 2",
                    "9".repeat(1000),
                    "9".repeat(1001),
                    "0." + "0".repeat(1000),
                    "1e+5",
                    "1E-05"
                };
            case DATE ->
                new String[] {
                    "2021-02-29", "2020-1-01", "", " 2020-01-01", "2020-13-01", "20200101", "2020-01-01T00", "x"
                };
            case TEXT -> new String[] {"t\uFFFF", "\n2020-01-01,1,a,b\n".repeat(4), "q".repeat(300)};
        };
    }
}
