package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.Token.Kind;

/// Scans what stands between quotes and in heredocs.
final class TemplateScanner {
    private final Scan scan;

    TemplateScanner(Scan scan) {
        this.scan = scan;
    }

    void quoted(Mode mode) {
        int from = scan.at;
        while (scan.at < scan.text.length()) {
            char c = scan.text.charAt(scan.at);
            if (c == '"') {
                literal(Kind.QUOTED_TEXT, from);
                scan.token(Kind.CLOSE_QUOTE, 1);
                scan.leave();
                return;
            } else if (c == '\n' || (c == '\r' && scan.peek(1) == '\n')) {
                literal(Kind.QUOTED_TEXT, from);
                multiLine(mode);
                return;
            } else if (c == '\\') {
                scan.at = Math.min(scan.at + 2, scan.text.length());
            } else if (opensTemplate(c)) {
                literal(Kind.QUOTED_TEXT, from);
                template();
                return;
            } else {
                scan.at += escapedTemplate(c) ? 3 : 1;
            }
        }
        literal(Kind.QUOTED_TEXT, from);
    }

    /// A quote at the end of a line within a template of that line was meant to end the string around it.
    private void multiLine(Mode mode) {
        scan.leave();
        Mode around = scan.modes.peek();
        if (around != null && around.opener() == Mode.Opener.TEMPLATE && scan.endOfLine(around.from()) == scan.at) {
            scan.error(
                    around.from(),
                    mode.from(),
                    "Unclosed template interpolation sequence",
                    "There is no closing brace for this template sequence: it is written \"${var.name}\".");
            scan.tokens.add(new Token(Kind.CLOSE_TEMPLATE, scan.at, scan.at));
            scan.templates--;
            scan.leave();
            scan.leave();
        } else {
            scan.error(
                    mode.from(),
                    scan.at,
                    "Invalid multi-line string",
                    "A quoted string must end on the line where it starts. Close it with \", write \\n for a newline,"
                            + " or use a heredoc (<<EOT) for several lines.");
        }
        scan.tokens.add(new Token(Kind.INVALID, scan.at, scan.at));
    }

    void heredoc(Mode mode) {
        int from = scan.at;
        if (mode.opener() == Mode.Opener.HEREDOC && (scan.at == 0 || scan.text.charAt(scan.at - 1) == '\n')) {
            int line = scan.endOfLine(scan.at);
            if (scan.text.substring(scan.at, line).strip().equals(mode.marker())) {
                scan.token(Kind.CLOSE_HEREDOC, line - scan.at);
                scan.leave();
                return;
            }
        }
        while (scan.at < scan.text.length()) {
            char c = scan.text.charAt(scan.at);
            if (c == '\n') {
                scan.at++;
                literal(Kind.HEREDOC_TEXT, from);
                return;
            } else if (opensTemplate(c)) {
                literal(Kind.HEREDOC_TEXT, from);
                template();
                return;
            }
            scan.at += escapedTemplate(c) ? 3 : 1;
        }
        literal(Kind.HEREDOC_TEXT, from);
    }

    private boolean opensTemplate(char c) {
        return (c == '$' || c == '%') && scan.peek(1) == '{';
    }

    private boolean escapedTemplate(char c) {
        return (c == '$' || c == '%') && scan.peek(1) == c && scan.peek(2) == '{';
    }

    private void literal(Kind kind, int from) {
        if (scan.at > from) {
            scan.tokens.add(new Token(kind, from, scan.at));
        }
    }

    private void template() {
        boolean interpolation = scan.text.charAt(scan.at) == '$';
        scan.templates++;
        if (scan.templates > scan.limits.templateNesting()) {
            scan.giveUp(scan.at, "Templates may be nested " + scan.limits.templateNesting() + " deep at most.");
            return;
        }
        scan.open(
                Mode.Opener.TEMPLATE,
                interpolation ? Kind.OPEN_INTERPOLATION : Kind.OPEN_DIRECTIVE,
                scan.peek(2) == '~' ? 3 : 2,
                "");
    }
}
