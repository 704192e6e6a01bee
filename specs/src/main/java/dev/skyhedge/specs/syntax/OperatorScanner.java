package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.Token.Kind;

/// Scans operators, comments and the starts of heredocs, and gives advice on what is none of them.
final class OperatorScanner {
    private final Scan scan;

    OperatorScanner(Scan scan) {
        this.scan = scan;
    }

    void operator(int c) {
        int next = scan.peek(1);
        switch (c) {
            case '+' -> scan.token(Kind.PLUS, 1);
            case '-' -> scan.token(Kind.MINUS, 1);
            case '*' -> scan.token(Kind.STAR, 1);
            case '%' -> scan.token(Kind.PERCENT, 1);
            case '?' -> scan.token(Kind.QUESTION, 1);
            case ':' -> scan.token(Kind.COLON, 1);
            case ',' -> scan.token(Kind.COMMA, 1);
            case '/' -> slash(next);
            case '=' ->
                scan.token(
                        next == '=' ? Kind.EQUAL : next == '>' ? Kind.ARROW : Kind.ASSIGN,
                        next == '=' || next == '>' ? 2 : 1);
            case '!' -> scan.token(next == '=' ? Kind.NOT_EQUAL : Kind.NOT, next == '=' ? 2 : 1);
            case '>' -> scan.token(next == '=' ? Kind.GREATER_OR_EQUAL : Kind.GREATER, next == '=' ? 2 : 1);
            case '<' -> less(next);
            case '.' ->
                scan.token(
                        next == '.' && scan.peek(2) == '.' ? Kind.ELLIPSIS : Kind.DOT,
                        next == '.' && scan.peek(2) == '.' ? 3 : 1);
            case '~' -> tilde(next);
            case '&' -> pair(next == '&', Kind.AND, "Use && for \"and\".");
            case '|' -> pair(next == '|', Kind.OR, "Use || for \"or\".");
            default -> advise(c);
        }
    }

    private void pair(boolean twice, Kind kind, String advice) {
        if (twice) {
            scan.token(kind, 2);
        } else {
            scan.invalid(1, "Single-character logical operators do not exist. " + advice);
        }
    }

    private void advise(int c) {
        String advice = switch (c) {
            case '\'' -> "Single quotes are not valid. Use double quotes (\") to enclose strings.";
            case '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»' ->
                "Curly quotes are not valid. Use straight double quotes (\") to enclose strings.";
            case '$' ->
                "A reference stands by itself outside of quotes: var.name. Only within quotes it is written ${var.name}.";
            case '`' -> "The backtick is not valid. Use double quotes, or a heredoc (<<EOT) for several lines.";
            case ';' ->
                "The semicolon is not valid. Use newlines to separate arguments and blocks, and commas in collections.";
            case '^' -> "There is no such operator. For powers call pow(base, exponent).";
            case 0xfeff -> "A byte order mark may only stand at the very start of the file.";
            default -> "This character is not used in the language.";
        };
        int end = closings(c)
                .chars()
                .map(closing -> scan.text.indexOf(closing, scan.at + 1))
                .filter(index -> index > 0 && index < scan.endOfLine(scan.at))
                .min()
                .orElse(scan.at);
        // What was meant as a string is complained about once.
        scan.invalid(end > scan.at ? end + 1 - scan.at : Character.charCount(c), advice);
    }

    /// What may end a string that was meant to begin with the character.
    private static String closings(int c) {
        return switch (c) {
            case '\'' -> "'";
            case '“', '”', '„', '‟' -> "“”\"";
            case '‘', '’', '‚', '‛' -> "‘’'";
            case '«', '»' -> "«»";
            default -> "";
        };
    }

    private void slash(int next) {
        if (next == '/') {
            comment();
        } else if (next == '*') {
            int end = scan.text.indexOf("*/", scan.at + 2);
            if (end < 0) {
                scan.error(scan.at, scan.at + 2, "Unterminated comment", "This comment is never closed by */.");
                scan.at = scan.text.length();
            } else {
                scan.token(Kind.COMMENT, end + 2 - scan.at);
            }
        } else {
            scan.token(Kind.SLASH, 1);
        }
    }

    void comment() {
        scan.token(Kind.COMMENT, scan.endOfLine(scan.at) - scan.at);
    }

    private void tilde(int next) {
        if (next == '}' && scan.modes.peek() != null && scan.modes.peek().opener() == Mode.Opener.TEMPLATE) {
            scan.closeBrace(2);
        } else {
            scan.invalid(1, "The tilde is only used in ${~ and ~} to strip space around a template sequence.");
        }
    }

    private void less(int next) {
        if (next != '<') {
            scan.token(next == '=' ? Kind.LESS_OR_EQUAL : Kind.LESS, next == '=' ? 2 : 1);
            return;
        }
        int name = scan.at + (scan.peek(2) == '-' ? 3 : 2);
        int end = name;
        while (end < scan.text.length()
                && (end == name
                        ? Letters.isStart(scan.text.codePointAt(end))
                        : Letters.isPart(scan.text.codePointAt(end)))) {
            end += Character.charCount(scan.text.codePointAt(end));
        }
        int line = scan.endOfLine(scan.at);
        if (end == name || end != line || line == scan.text.length()) {
            scan.error(
                    scan.at,
                    Math.max(end, scan.at + 2),
                    "Invalid heredoc",
                    "A heredoc starts with << or <<-, a name, and a newline right after the name.");
            scan.at = Math.max(end, scan.at + 2);
            scan.tokens.add(new Token(Kind.INVALID, scan.at, scan.at));
            return;
        }
        int next0 = scan.text.indexOf('\n', line) + 1;
        scan.open(Mode.Opener.HEREDOC, Kind.OPEN_HEREDOC, next0 - scan.at, scan.text.substring(name, end));
    }
}
