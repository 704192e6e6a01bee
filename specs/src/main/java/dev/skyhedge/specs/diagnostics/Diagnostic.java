package dev.skyhedge.specs.diagnostics;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One thing that is wrong, or doubtful, about a spec.
///
/// @param severity error or warning
/// @param summary what it is, a few words that people can search for, without a full stop
/// @param detail what happened and what to do about it, in sentences; may be empty
/// @param subject the place; empty if there is none, as for a missing directory
/// @param context the innermost block around the place as its header reads: `service "chat"`
/// @param values what the failing expression refers to
public record Diagnostic(
        Severity severity,
        String summary,
        String detail,
        Optional<SourceRange> subject,
        Optional<String> context,
        List<ValueNote> values) {

    /// By file and place; what has no place comes first; errors after warnings so that they stay in sight.
    public static final Comparator<Diagnostic> ORDER = Comparator.comparing(
                    Diagnostic::severity, Comparator.<Severity>reverseOrder())
            .thenComparing(d -> d.subject().map(r -> r.source().name()).orElse(""))
            .thenComparing(d -> d.subject().map(SourceRange::from).orElse(-1));

    public Diagnostic {
        values = List.copyOf(values);
    }

    /// An error at that place.
    public static Diagnostic error(SourceRange subject, String summary, String detail) {
        return new Diagnostic(Severity.ERROR, summary, detail, Optional.of(subject), Optional.empty(), List.of());
    }

    /// An error that has no place in any file.
    public static Diagnostic error(String summary, String detail) {
        return new Diagnostic(Severity.ERROR, summary, detail, Optional.empty(), Optional.empty(), List.of());
    }

    /// A warning at that place.
    public static Diagnostic warning(SourceRange subject, String summary, String detail) {
        return new Diagnostic(Severity.WARNING, summary, detail, Optional.of(subject), Optional.empty(), List.of());
    }

    /// A warning that has no place in any file.
    public static Diagnostic warning(String summary, String detail) {
        return new Diagnostic(Severity.WARNING, summary, detail, Optional.empty(), Optional.empty(), List.of());
    }

    /// The same inside that block; what has a context keeps it, for it is the innermost.
    public Diagnostic in(String block) {
        return context.isPresent()
                ? this
                : new Diagnostic(severity, summary, detail, subject, Optional.of(block), values);
    }

    /// The same at that place.
    public Diagnostic at(SourceRange place) {
        return new Diagnostic(severity, summary, detail, Optional.of(place), context, values);
    }

    /// The same with these values.
    public Diagnostic with(List<ValueNote> notes) {
        return new Diagnostic(severity, summary, detail, subject, context, notes);
    }

    /// Whether it is an error.
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
