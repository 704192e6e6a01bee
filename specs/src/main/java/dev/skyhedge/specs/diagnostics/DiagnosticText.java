package dev.skyhedge.specs.diagnostics;

import java.util.List;
import java.util.Locale;

/// Diagnostics as a person reads them in a terminal.
///
/// @param colour whether to frame each one and to underline the place with ANSI escapes
public record DiagnosticText(boolean colour) {
    private static final int MOST_EXCERPT_LINES = 12;
    private static final int LONGEST_LINE = 240;
    private static final String RESET = "\u001b[0m";
    private static final String UNDERLINE = "\u001b[4m";

    /// All of them, with an empty line between.
    public String render(List<Diagnostic> diagnostics) {
        return String.join("\n", diagnostics.stream().map(this::render).toList());
    }

    /// One of them; ends with a newline.
    public String render(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder(diagnostic.isError() ? "Error: " : "Warning: ")
                .append(diagnostic.summary())
                .append('\n');
        diagnostic.subject().ifPresent(subject -> excerpt(text, diagnostic, subject));
        if (!diagnostic.detail().isEmpty()) {
            text.append('\n').append(diagnostic.detail()).append('\n');
        }
        return colour ? frame(text.toString(), diagnostic.isError()) : text.toString();
    }

    private void excerpt(StringBuilder text, Diagnostic diagnostic, SourceRange subject) {
        int first = subject.start().line();
        text.append("\n  on ").append(subject.source().name()).append(" line ").append(first);
        diagnostic.context().ifPresent(block -> text.append(", in ").append(block));
        text.append(":\n");
        int last = Math.min(lastLine(subject), first + MOST_EXCERPT_LINES - 1);
        for (int line = first; line <= last; line++) {
            text.append(String.format(Locale.ROOT, "%4d: ", line))
                    .append(code(subject, line))
                    .append('\n');
        }
        if (!diagnostic.values().isEmpty()) {
            text.append("    ├────────────────\n");
            for (ValueNote note : diagnostic.values()) {
                text.append("    │ ")
                        .append(note.traversal())
                        .append(' ')
                        .append(note.statement())
                        .append('\n');
            }
        }
    }

    /// A range that ends with a newline does not reach into the next line.
    private static int lastLine(SourceRange subject) {
        int end = subject.to() > subject.from() ? subject.to() - 1 : subject.to();
        return subject.source().position(end).line();
    }

    private String code(SourceRange subject, int line) {
        String code = subject.source().line(line);
        int start = subject.source().lineStart(line);
        int from = Math.clamp(subject.from() - start, 0, code.length());
        int to = Math.clamp(subject.to() - start, 0, code.length());
        if (code.length() > LONGEST_LINE) {
            int cut = Math.clamp(from - LONGEST_LINE / 3, 0, code.length() - LONGEST_LINE);
            code = code.substring(cut, cut + LONGEST_LINE) + "…";
            from = Math.clamp(from - cut, 0, LONGEST_LINE);
            to = Math.clamp(to - cut, 0, LONGEST_LINE);
        }
        if (!colour) {
            return code;
        }
        return code.substring(0, from) + UNDERLINE + code.substring(from, to) + RESET + code.substring(to);
    }

    private static String frame(String text, boolean error) {
        String ink = error ? "\u001b[31m" : "\u001b[33m";
        StringBuilder framed = new StringBuilder(ink).append('╷').append(RESET).append('\n');
        text.lines()
                .forEach(line -> framed.append(ink)
                        .append('│')
                        .append(RESET)
                        .append(' ')
                        .append(line)
                        .append('\n'));
        return framed.append(ink).append('╵').append(RESET).append('\n').toString();
    }
}
