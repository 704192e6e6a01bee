package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import java.util.List;

/// A token: the characters `[from, to)` of a source.
public record Token(Kind kind, int from, int to) {
    /// What a token is.
    public enum Kind {
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

        /// How many brackets are open after it that were not before: 1, 0 or -1.
        public int opens() {
            return switch (this) {
                case OPEN_BRACE, OPEN_BRACKET, OPEN_PAREN, OPEN_INTERPOLATION, OPEN_DIRECTIVE -> 1;
                case CLOSE_BRACE, CLOSE_BRACKET, CLOSE_PAREN, CLOSE_TEMPLATE -> -1;
                default -> 0;
            };
        }

        /// As a message says it.
        String words() {
            return words;
        }
    }

    /// All tokens of a text, comments and newlines included, the last one an end. What the scanner does not
    /// understand is an [Kind#INVALID], and [Parser#parse] tells of it.
    public static List<Token> all(Source source, Limits limits) {
        return List.copyOf(Scanner.scan(source, limits).tokens());
    }
}
