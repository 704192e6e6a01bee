package dev.skyhedge.specs.format;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.syntax.Token;
import java.util.List;

/// Formats a file as `terraform fmt` does: two spaces a level, one space around operators, equals signs and
/// trailing comments of neighbouring lines aligned, labels in quotes, no template around a lone expression, a
/// newline at the end. Formatting twice is the same as formatting once.
public final class SpecFormat {
    private SpecFormat() {}

    /// Formats a text.
    public static Formatting format(Source source) {
        return format(source, Limits.DEFAULT);
    }

    /// Formats a text within these limits.
    public static Formatting format(Source source, Limits limits) {
        Parser.Parsed parsed = Parser.parse(source, limits);
        if (parsed.diagnostics().stream().anyMatch(Diagnostic::isError)) {
            return new Formatting.Refused(parsed.diagnostics());
        }
        return new Formatting.Formatted(layout(source, parsed.body(), limits));
    }

    private static String layout(Source source, Body body, Limits limits) {
        List<Piece> pieces = new Rewriting(source, Token.all(source, limits)).pieces(body);
        List<Line> lines = Line.split(pieces);
        Indentation.apply(lines);
        Spacing.apply(lines);
        Alignment.apply(lines);
        StringBuilder text = new StringBuilder(source.text().length() + 64);
        lines.forEach(line -> line.appendTo(text));
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        return text.toString();
    }
}
