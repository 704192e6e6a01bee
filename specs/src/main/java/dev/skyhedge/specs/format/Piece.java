package dev.skyhedge.specs.format;

import dev.skyhedge.specs.syntax.Token.Kind;

/// A token with the space before it, which is what formatting decides.
final class Piece {
    private final Kind kind;
    private final String text;
    private int spaces;

    Piece(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    int spaces() {
        return spaces;
    }

    void spaces(int number) {
        spaces = number;
    }

    boolean isLineComment() {
        return kind == Kind.COMMENT && !text.startsWith("/*");
    }
}
