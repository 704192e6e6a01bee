package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// How far a scan has come: the place in the text, the tokens so far, and what is open there.
final class Scan {
    private static final int END = -1;

    final Source source;
    final String text;
    final Limits limits;
    final List<Token> tokens = new ArrayList<>();
    final List<Diagnostic> diagnostics = new ArrayList<>();
    final Deque<Mode> modes = new ArrayDeque<>();
    int at;
    int templates;
    boolean givenUp;

    Scan(Source source, Limits limits) {
        this.source = source;
        this.text = source.text();
        this.limits = limits;
    }

    void open(Mode.Opener opener, Kind kind, int length, String marker) {
        if (modes.size() >= limits.nesting()) {
            giveUp(at, "Brackets and blocks may be nested " + limits.nesting() + " deep at most.");
            return;
        }
        modes.push(new Mode(opener, at, marker));
        token(kind, length);
    }

    void closeBrace(int length) {
        Mode mode = modes.peek();
        boolean template = mode != null && mode.opener() == Mode.Opener.TEMPLATE;
        if (template) {
            templates--;
            leave();
        } else if (mode != null && mode.opener() == Mode.Opener.BRACE) {
            leave();
        }
        token(template ? Kind.CLOSE_TEMPLATE : Kind.CLOSE_BRACE, length);
    }

    /// A bracket that closes nothing, or something else, is left to the parser to complain about.
    void close(Mode.Opener opener, Kind kind) {
        Mode mode = modes.peek();
        if (mode != null && mode.opener() == opener) {
            leave();
        }
        token(kind, 1);
    }

    void leave() {
        modes.pop();
    }

    void token(Kind kind, int length) {
        tokens.add(new Token(kind, at, at + length));
        at += length;
    }

    void invalid(int length, String advice) {
        error(at, at + length, "Invalid character", advice);
        token(Kind.INVALID, length);
    }

    void giveUp(int from, String limit) {
        error(from, Math.min(from + 1, text.length()), "Limit exceeded", limit);
        givenUp = true;
    }

    void error(int from, int to, String summary, String detail) {
        if (diagnostics.size() < limits.errorsPerFile()) {
            diagnostics.add(Diagnostic.error(source.range(from, to), summary, detail));
        }
    }

    int endOfLine(int from) {
        int newline = text.indexOf('\n', from);
        int end = newline < 0 ? text.length() : newline;
        return end > from && newline >= 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    int peek(int ahead) {
        return charAt(at + ahead);
    }

    int charAt(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }
}
