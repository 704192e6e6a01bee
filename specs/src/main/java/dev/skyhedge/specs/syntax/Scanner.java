package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Splits a source into tokens, with a stack of modes: plain, quoted, heredoc. Iterative, so no nesting
/// exhausts the stack; gives up at the limits on nesting and tokens. Used once.
final class Scanner {
    private static final int END = -1;

    /// What the innermost open thing is, and where it was opened.
    private record Mode(Opener opener, int from, String marker) {}

    private enum Opener {
        BRACE,
        BRACKET,
        PAREN,
        TEMPLATE,
        QUOTE,
        HEREDOC,
        /// The whole source is a template.
        WHOLE
    }

    private final Source source;
    private final String text;
    private final Limits limits;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Deque<Mode> modes = new ArrayDeque<>();
    private int at;
    private int templates;
    private boolean givenUp;

    private Scanner(Source source, Limits limits) {
        this.source = source;
        this.text = source.text();
        this.limits = limits;
    }

    static Scanned scan(Source source, Limits limits) {
        return new Scanner(source, limits).scan();
    }

    /// Scans a text that is nothing but the inside of a template without backslash escapes.
    static Scanned scanTemplate(Source source, Limits limits) {
        Scanner scanner = new Scanner(source, limits);
        scanner.modes.push(new Mode(Opener.WHOLE, 0, ""));
        scanner.tokens.add(new Token(Kind.OPEN_HEREDOC, 0, 0));
        return scanner.scan();
    }

    private Scanned scan() {
        while (at < text.length() && !givenUp) {
            Mode mode = modes.peek();
            if (mode != null && mode.opener == Opener.QUOTE) {
                quoted(mode);
            } else if (mode != null && (mode.opener == Opener.HEREDOC || mode.opener == Opener.WHOLE)) {
                heredoc(mode);
            } else {
                plain();
            }
            if (tokens.size() > limits.tokens()) {
                giveUp(at, "A file may have at most " + limits.tokens() + " tokens.");
            }
        }
        Mode innermost = modes.peek();
        boolean open = diagnostics.isEmpty() && innermost != null && innermost.opener != Opener.QUOTE;
        if (!givenUp) {
            unterminated();
        }
        if (modes.size() == 1 && modes.peek().opener == Opener.WHOLE) {
            tokens.add(new Token(Kind.CLOSE_HEREDOC, text.length(), text.length()));
        }
        tokens.add(new Token(Kind.END, text.length(), text.length()));
        return new Scanned(source, tokens, diagnostics, !givenUp, open);
    }

    private void unterminated() {
        for (Mode mode : modes) {
            if (mode.opener == Opener.QUOTE) {
                error(mode.from, mode.from + 1, "Unterminated template string", "No closing quote was found.");
            } else if (mode.opener == Opener.HEREDOC) {
                int line = endOfLine(mode.from);
                error(
                        mode.from,
                        line,
                        "Unterminated template string",
                        "No line with the end marker \"" + mode.marker + "\" was found.");
            } else if (mode.opener == Opener.TEMPLATE) {
                error(
                        mode.from,
                        mode.from + 2,
                        "Unclosed template interpolation sequence",
                        "There is no closing brace for this template sequence.");
            }
        }
    }

    // Plain text

    private void plain() {
        int from = at;
        int c = text.codePointAt(at);
        switch (c) {
            case ' ', '\t' -> at++;
            case '\n' -> token(Kind.NEWLINE, 1);
            case '\r' -> {
                if (peek(1) == '\n') {
                    token(Kind.NEWLINE, 2);
                } else {
                    invalid(1, "A carriage return must be followed by a newline.");
                }
            }
            case '#' -> comment();
            case '"' -> open(Opener.QUOTE, Kind.OPEN_QUOTE, 1, "");
            case '{' -> open(Opener.BRACE, Kind.OPEN_BRACE, 1, "");
            case '[' -> open(Opener.BRACKET, Kind.OPEN_BRACKET, 1, "");
            case '(' -> open(Opener.PAREN, Kind.OPEN_PAREN, 1, "");
            case '}' -> closeBrace(1);
            case ']' -> close(Opener.BRACKET, Kind.CLOSE_BRACKET);
            case ')' -> close(Opener.PAREN, Kind.CLOSE_PAREN);
            default -> {
                if (isDigit(c)) {
                    number();
                } else if (isStart(c)) {
                    identifier();
                } else {
                    operator(c);
                }
            }
        }
        if (at == from && !givenUp) {
            throw new IllegalStateException("No progress at character " + at);
        }
    }

    private void operator(int c) {
        int next = peek(1);
        switch (c) {
            case '+' -> token(Kind.PLUS, 1);
            case '-' -> token(Kind.MINUS, 1);
            case '*' -> token(Kind.STAR, 1);
            case '%' -> token(Kind.PERCENT, 1);
            case '?' -> token(Kind.QUESTION, 1);
            case ':' -> token(Kind.COLON, 1);
            case ',' -> token(Kind.COMMA, 1);
            case '/' -> slash(next);
            case '=' ->
                token(
                        next == '=' ? Kind.EQUAL : next == '>' ? Kind.ARROW : Kind.ASSIGN,
                        next == '=' || next == '>' ? 2 : 1);
            case '!' -> token(next == '=' ? Kind.NOT_EQUAL : Kind.NOT, next == '=' ? 2 : 1);
            case '>' -> token(next == '=' ? Kind.GREATER_OR_EQUAL : Kind.GREATER, next == '=' ? 2 : 1);
            case '<' -> less(next);
            case '.' ->
                token(next == '.' && peek(2) == '.' ? Kind.ELLIPSIS : Kind.DOT, next == '.' && peek(2) == '.' ? 3 : 1);
            case '~' -> tilde(next);
            case '&' -> pair(next == '&', Kind.AND, "Use && for \"and\".");
            case '|' -> pair(next == '|', Kind.OR, "Use || for \"or\".");
            default -> advise(c);
        }
    }

    private void pair(boolean twice, Kind kind, String advice) {
        if (twice) {
            token(kind, 2);
        } else {
            invalid(1, "Single-character logical operators do not exist. " + advice);
        }
    }

    private void advise(int c) {
        String advice = switch (c) {
            case '\'' -> "Single quotes are not valid. Use double quotes (\") to enclose strings.";
            case '`' -> "The backtick is not valid. Use double quotes, or a heredoc (<<EOT) for several lines.";
            case ';' ->
                "The semicolon is not valid. Use newlines to separate arguments and blocks, and commas in collections.";
            case '^' -> "There is no such operator. For powers call pow(base, exponent).";
            case 0xfeff -> "A byte order mark may only stand at the very start of the file.";
            default -> "This character is not used in the language.";
        };
        invalid(c == '\'' ? singleQuoted() : Character.charCount(c), advice);
    }

    /// Length of what was meant as a string, so that it is complained about once.
    private int singleQuoted() {
        int end = text.indexOf('\'', at + 1);
        return end > 0 && end < endOfLine(at) ? end + 1 - at : 1;
    }

    private void slash(int next) {
        if (next == '/') {
            comment();
        } else if (next == '*') {
            int end = text.indexOf("*/", at + 2);
            if (end < 0) {
                error(at, at + 2, "Unterminated comment", "This comment is never closed by */.");
                at = text.length();
            } else {
                token(Kind.COMMENT, end + 2 - at);
            }
        } else {
            token(Kind.SLASH, 1);
        }
    }

    private void comment() {
        token(Kind.COMMENT, endOfLine(at) - at);
    }

    private void tilde(int next) {
        if (next == '}' && modes.peek() != null && modes.peek().opener == Opener.TEMPLATE) {
            closeBrace(2);
        } else {
            invalid(1, "The tilde is only used in ${~ and ~} to strip space around a template sequence.");
        }
    }

    private void less(int next) {
        if (next != '<') {
            token(next == '=' ? Kind.LESS_OR_EQUAL : Kind.LESS, next == '=' ? 2 : 1);
            return;
        }
        int name = at + (peek(2) == '-' ? 3 : 2);
        int end = name;
        while (end < text.length() && (end == name ? isStart(text.codePointAt(end)) : isPart(text.codePointAt(end)))) {
            end += Character.charCount(text.codePointAt(end));
        }
        int line = endOfLine(at);
        if (end == name || end != line || line == text.length()) {
            error(
                    at,
                    Math.max(end, at + 2),
                    "Invalid heredoc",
                    "A heredoc starts with << or <<-, a name, and a newline right after the name.");
            at = Math.max(end, at + 2);
            tokens.add(new Token(Kind.INVALID, at, at));
            return;
        }
        int next0 = text.indexOf('\n', line) + 1;
        open(Opener.HEREDOC, Kind.OPEN_HEREDOC, next0 - at, text.substring(name, end));
    }

    private void number() {
        int from = at;
        int end = digits(at);
        if (charAt(end) == '.' && isDigit(charAt(end + 1))) {
            end = digits(end + 1);
        }
        if (charAt(end) == 'e' || charAt(end) == 'E') {
            int exponent = charAt(end + 1) == '+' || charAt(end + 1) == '-' ? end + 2 : end + 1;
            end = isDigit(charAt(exponent)) ? digits(exponent) : end;
        }
        at = end;
        tokens.add(new Token(Kind.NUMBER, from, end));
        if (end < text.length() && isStart(text.codePointAt(end))) {
            while (at < text.length() && isPart(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
            }
            error(
                    from,
                    at,
                    "Invalid number",
                    "A number has digits, maybe a fraction and an exponent, and nothing else: no 0x, no _ and no units."
                            + " Values with units are strings, such as \"5m\".");
            tokens.add(new Token(Kind.INVALID, end, at));
        }
    }

    private int digits(int from) {
        int end = from;
        while (isDigit(charAt(end))) {
            end++;
        }
        return end;
    }

    private void identifier() {
        int from = at;
        while (at < text.length() && isPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        tokens.add(new Token(Kind.IDENTIFIER, from, at));
    }

    // Templates

    private void quoted(Mode mode) {
        int from = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                literal(Kind.QUOTED_TEXT, from);
                token(Kind.CLOSE_QUOTE, 1);
                leave();
                return;
            } else if (c == '\n' || (c == '\r' && peek(1) == '\n')) {
                literal(Kind.QUOTED_TEXT, from);
                error(
                        mode.from,
                        at,
                        "Invalid multi-line string",
                        "A quoted string must end on the line where it starts. Close it with \", write \\n for a newline,"
                                + " or use a heredoc (<<EOT) for several lines.");
                tokens.add(new Token(Kind.INVALID, at, at));
                leave();
                return;
            } else if (c == '\\') {
                at = Math.min(at + 2, text.length());
            } else if (opensTemplate(c)) {
                literal(Kind.QUOTED_TEXT, from);
                template();
                return;
            } else {
                at += escapedTemplate(c) ? 3 : 1;
            }
        }
        literal(Kind.QUOTED_TEXT, from);
    }

    private void heredoc(Mode mode) {
        int from = at;
        if (mode.opener == Opener.HEREDOC && (at == 0 || text.charAt(at - 1) == '\n')) {
            int line = endOfLine(at);
            if (text.substring(at, line).strip().equals(mode.marker)) {
                token(Kind.CLOSE_HEREDOC, line - at);
                leave();
                return;
            }
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                at++;
                literal(Kind.HEREDOC_TEXT, from);
                return;
            } else if (opensTemplate(c)) {
                literal(Kind.HEREDOC_TEXT, from);
                template();
                return;
            }
            at += escapedTemplate(c) ? 3 : 1;
        }
        literal(Kind.HEREDOC_TEXT, from);
    }

    private boolean opensTemplate(char c) {
        return (c == '$' || c == '%') && peek(1) == '{';
    }

    private boolean escapedTemplate(char c) {
        return (c == '$' || c == '%') && peek(1) == c && peek(2) == '{';
    }

    private void literal(Kind kind, int from) {
        if (at > from) {
            tokens.add(new Token(kind, from, at));
        }
    }

    private void template() {
        boolean interpolation = text.charAt(at) == '$';
        templates++;
        if (templates > limits.templateNesting()) {
            giveUp(at, "Templates may be nested " + limits.templateNesting() + " deep at most.");
            return;
        }
        open(
                Opener.TEMPLATE,
                interpolation ? Kind.OPEN_INTERPOLATION : Kind.OPEN_DIRECTIVE,
                peek(2) == '~' ? 3 : 2,
                "");
    }

    // Brackets

    private void open(Opener opener, Kind kind, int length, String marker) {
        if (modes.size() >= limits.nesting()) {
            giveUp(at, "Brackets and blocks may be nested " + limits.nesting() + " deep at most.");
            return;
        }
        modes.push(new Mode(opener, at, marker));
        token(kind, length);
    }

    private void closeBrace(int length) {
        Mode mode = modes.peek();
        boolean template = mode != null && mode.opener == Opener.TEMPLATE;
        if (template) {
            templates--;
            leave();
        } else if (mode != null && mode.opener == Opener.BRACE) {
            leave();
        }
        token(template ? Kind.CLOSE_TEMPLATE : Kind.CLOSE_BRACE, length);
    }

    /// A bracket that closes nothing, or something else, is left to the parser to complain about.
    private void close(Opener opener, Kind kind) {
        Mode mode = modes.peek();
        if (mode != null && mode.opener == opener) {
            leave();
        }
        token(kind, 1);
    }

    private void leave() {
        modes.pop();
    }

    // Small things

    private void token(Kind kind, int length) {
        tokens.add(new Token(kind, at, at + length));
        at += length;
    }

    private void invalid(int length, String advice) {
        error(at, at + length, "Invalid character", advice);
        token(Kind.INVALID, length);
    }

    private void giveUp(int from, String limit) {
        error(from, Math.min(from + 1, text.length()), "Limit exceeded", limit);
        givenUp = true;
    }

    private void error(int from, int to, String summary, String detail) {
        if (diagnostics.size() < limits.errorsPerFile()) {
            diagnostics.add(Diagnostic.error(source.range(from, to), summary, detail));
        }
    }

    private int endOfLine(int from) {
        int newline = text.indexOf('\n', from);
        int end = newline < 0 ? text.length() : newline;
        return end > from && newline >= 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    private int peek(int ahead) {
        return charAt(at + ahead);
    }

    private int charAt(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isStart(int c) {
        return c == '_' || Character.isUnicodeIdentifierStart(c);
    }

    static boolean isPart(int c) {
        return c == '-' || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
    }
}
