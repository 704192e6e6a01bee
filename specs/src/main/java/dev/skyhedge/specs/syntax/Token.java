package dev.skyhedge.specs.syntax;

/// A token: the characters `[from, to)` of a source.
record Token(Kind kind, int from, int to) {
    enum Kind {
        IDENTIFIER("a name"),
        NUMBER("a number"),
        OPEN_QUOTE("\""),
        CLOSE_QUOTE("\""),
        /// Literal text of a quoted template, with its escapes.
        QUOTED_TEXT("text"),
        OPEN_HEREDOC("<<"),
        CLOSE_HEREDOC("the end of the heredoc"),
        /// Literal text of a heredoc, at most one line.
        HEREDOC_TEXT("text"),
        OPEN_INTERPOLATION("${"),
        OPEN_DIRECTIVE("%{"),
        /// The brace that ends an interpolation or a directive.
        CLOSE_TEMPLATE("}"),
        OPEN_BRACE("{"),
        CLOSE_BRACE("}"),
        OPEN_BRACKET("["),
        CLOSE_BRACKET("]"),
        OPEN_PAREN("("),
        CLOSE_PAREN(")"),
        PLUS("+"),
        MINUS("-"),
        STAR("*"),
        SLASH("/"),
        PERCENT("%"),
        AND("&&"),
        OR("||"),
        NOT("!"),
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        QUESTION("?"),
        COLON(":"),
        ASSIGN("="),
        ARROW("=>"),
        DOT("."),
        COMMA(","),
        ELLIPSIS("..."),
        NEWLINE("the end of the line"),
        COMMENT("a comment"),
        /// Something that the scanner has complained about already.
        INVALID("an invalid character"),
        END("the end of the file");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// As a message says it.
        String words() {
            return words;
        }
    }
}
