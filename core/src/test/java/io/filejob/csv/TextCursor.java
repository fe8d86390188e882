package io.filejob.csv;

/** A position in a text and the line that it is in. */
class TextCursor {
    final String text;
    int p;
    long line = 1;

    TextCursor(String text) {
        this.text = text;
    }

    final void passLine() {
        while (p < text.length() && !isBreak(text.charAt(p))) {
            p++;
        }
    }

    final void passBreak() {
        if (p < text.length()) {
            p += text.startsWith("\r\n", p) ? 2 : 1;
            line++;
        }
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }
}
