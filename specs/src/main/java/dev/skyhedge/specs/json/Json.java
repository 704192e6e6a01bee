package dev.skyhedge.specs.json;

import dev.skyhedge.specs.diagnostics.SourceRange;
import java.util.List;

/// A JSON value with its place.
sealed interface Json {
    SourceRange range();

    /// @param verbatim whether the text stands in the file as it is, without escapes
    record Text(String text, boolean verbatim, SourceRange range) implements Json {}

    /// @param digits as written
    record Number(String digits, SourceRange range) implements Json {}

    record Truth(boolean truth, SourceRange range) implements Json {}

    record Null(SourceRange range) implements Json {}

    record Array(List<Json> elements, SourceRange range) implements Json {}

    /// Members in order; a name may come more than once.
    record Members(List<Member> members, SourceRange range) implements Json {}

    record Member(Text name, Json value) {}
}
