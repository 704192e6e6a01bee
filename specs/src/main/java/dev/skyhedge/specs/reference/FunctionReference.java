package dev.skyhedge.specs.reference;

import dev.skyhedge.specs.functions.FunctionDefinition;
import dev.skyhedge.specs.functions.FunctionTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The reference of the functions, from their entries in the table.
public final class FunctionReference {
    private FunctionReference() {}

    /// The page of all functions in Markdown, by group.
    public static String markdown() {
        StringBuilder page = new StringBuilder("# Functions\n");
        for (FunctionDefinition.Group group : FunctionDefinition.Group.values()) {
            List<FunctionDefinition> members = FunctionTable.standard().all().stream()
                    .filter(f -> f.group() == group)
                    .toList();
            if (!members.isEmpty()) {
                page.append("\n## ").append(title(group)).append('\n');
                members.forEach(f -> page.append('\n')
                        .append("### ")
                        .append(f.name())
                        .append("\n\n")
                        .append(entry(f)));
            }
        }
        return page.toString();
    }

    /// One function in Markdown; empty if there is none of that name.
    public static Optional<String> markdown(String name) {
        return FunctionTable.standard().find(name).map(FunctionReference::entry);
    }

    private static String title(FunctionDefinition.Group group) {
        String name = group.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String entry(FunctionDefinition function) {
        StringBuilder text = new StringBuilder("`")
                .append(function.signature())
                .append(" ")
                .append(function.result())
                .append("`\n\n")
                .append(function.documentation())
                .append('\n');
        if (!function.examples().isEmpty()) {
            text.append("\n```hcl\n");
            function.examples()
                    .forEach(e -> text.append(e.call())
                            .append(" # ")
                            .append(e.result())
                            .append('\n'));
            text.append("```\n");
        }
        return text.toString();
    }
}
