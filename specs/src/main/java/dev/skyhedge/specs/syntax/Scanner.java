package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Token.Kind;

/// Splits a source into tokens, with a stack of modes: plain, quoted, heredoc. Iterative, so no nesting
/// exhausts the stack; gives up at the limits on nesting and tokens. Used once.
final class Scanner {
    private final Scan scan;
    private final OperatorScanner operators;
    private final WordScanner words;
    private final TemplateScanner quoted;

    private Scanner(Source source, Limits limits) {
        this.scan = new Scan(source, limits);
        this.operators = new OperatorScanner(scan);
        this.words = new WordScanner(scan);
        this.quoted = new TemplateScanner(scan);
    }

    static Scanned scan(Source source, Limits limits) {
        return new Scanner(source, limits).run();
    }

    /// Scans a text that is nothing but the inside of a template without backslash escapes.
    static Scanned scanTemplate(Source source, Limits limits) {
        Scanner scanner = new Scanner(source, limits);
        scanner.scan.modes.push(new Mode(Mode.Opener.WHOLE, 0, ""));
        scanner.scan.tokens.add(new Token(Kind.OPEN_HEREDOC, 0, 0));
        return scanner.run();
    }

    private Scanned run() {
        while (scan.at < scan.text.length() && !scan.givenUp) {
            Mode mode = scan.modes.peek();
            if (mode != null && mode.opener() == Mode.Opener.QUOTE) {
                quoted.quoted(mode);
            } else if (mode != null && (mode.opener() == Mode.Opener.HEREDOC || mode.opener() == Mode.Opener.WHOLE)) {
                quoted.heredoc(mode);
            } else {
                plain();
            }
            if (scan.tokens.size() > scan.limits.tokens()) {
                scan.giveUp(scan.at, "A file may have at most " + scan.limits.tokens() + " tokens.");
            }
        }
        Mode innermost = scan.modes.peek();
        boolean open = scan.diagnostics.isEmpty() && innermost != null && innermost.opener() != Mode.Opener.QUOTE;
        if (!scan.givenUp) {
            unterminated();
        }
        if (scan.modes.size() == 1 && scan.modes.peek().opener() == Mode.Opener.WHOLE) {
            scan.tokens.add(new Token(Kind.CLOSE_HEREDOC, scan.text.length(), scan.text.length()));
        }
        scan.tokens.add(new Token(Kind.END, scan.text.length(), scan.text.length()));
        return new Scanned(scan.source, scan.tokens, scan.diagnostics, !scan.givenUp, open);
    }

    private void unterminated() {
        for (Mode mode : scan.modes) {
            if (mode.opener() == Mode.Opener.QUOTE) {
                scan.error(mode.from(), mode.from() + 1, "Unterminated template string", "No closing quote was found.");
            } else if (mode.opener() == Mode.Opener.HEREDOC) {
                int line = scan.endOfLine(mode.from());
                scan.error(
                        mode.from(),
                        line,
                        "Unterminated template string",
                        "No line with the end marker \"" + mode.marker()
                                + "\" was found. Write it alone on a line behind the text.");
            } else if (mode.opener() == Mode.Opener.TEMPLATE) {
                scan.error(
                        mode.from(),
                        mode.from() + 2,
                        "Unclosed template interpolation sequence",
                        "There is no closing brace for this template sequence.");
            }
        }
    }

    private void plain() {
        int from = scan.at;
        int c = scan.text.codePointAt(scan.at);
        switch (c) {
            case ' ', '\t' -> scan.at++;
            case '\n' -> scan.token(Kind.NEWLINE, 1);
            case '\r' -> {
                if (scan.peek(1) == '\n') {
                    scan.token(Kind.NEWLINE, 2);
                } else {
                    scan.invalid(1, "A carriage return must be followed by a newline.");
                }
            }
            case '#' -> operators.comment();
            case '"' -> scan.open(Mode.Opener.QUOTE, Kind.OPEN_QUOTE, 1, "");
            case '{' -> scan.open(Mode.Opener.BRACE, Kind.OPEN_BRACE, 1, "");
            case '[' -> scan.open(Mode.Opener.BRACKET, Kind.OPEN_BRACKET, 1, "");
            case '(' -> scan.open(Mode.Opener.PAREN, Kind.OPEN_PAREN, 1, "");
            case '}' -> scan.closeBrace(1);
            case ']' -> scan.close(Mode.Opener.BRACKET, Kind.CLOSE_BRACKET);
            case ')' -> scan.close(Mode.Opener.PAREN, Kind.CLOSE_PAREN);
            default -> {
                if (Letters.isDigit(c)) {
                    words.number();
                } else if (Letters.isStart(c)) {
                    words.identifier();
                } else {
                    operators.operator(c);
                }
            }
        }
        if (scan.at == from && !scan.givenUp) {
            throw new IllegalStateException("No progress at character " + scan.at);
        }
    }
}
