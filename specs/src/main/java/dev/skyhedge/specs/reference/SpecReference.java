package dev.skyhedge.specs.reference;

import dev.skyhedge.specs.schema.AttributeDefinition;
import dev.skyhedge.specs.schema.BlockDefinition;
import dev.skyhedge.specs.schema.Language;
import java.util.List;
import java.util.stream.Collectors;

/// The reference page of the language: every block with its arguments, their types, defaults and examples.
public final class SpecReference {
    private final StringBuilder page = new StringBuilder();

    private SpecReference() {}

    /// The page in Markdown.
    public static String markdown() {
        SpecReference reference = new SpecReference();
        reference.page.append("# Blocks of a spec\n");
        Language.STANDARD.file().blocks().forEach(block -> reference.block(block, "", 2));
        return reference.page.toString();
    }

    private void block(BlockDefinition block, String path, int level) {
        String name = path + block.type();
        page.append('\n')
                .repeat('#', Math.min(level, 6))
                .append(' ')
                .append(name)
                .append("\n\n")
                .append(block.documentation())
                .append("\n\n```hcl\n")
                .append(header(block))
                .append(" {")
                .append(block.attributes().isEmpty() && block.blocks().isEmpty() && !block.open() ? "" : " … ")
                .append("}\n```\n\n")
                .append(occurrence(block))
                .append('\n');
        if (!block.attributes().isEmpty()) {
            page.append("\n| argument | type | default | meaning | example |\n|---|---|---|---|---|\n");
            block.attributes().forEach(this::attribute);
        }
        if (!block.blocks().isEmpty()) {
            page.append("\nBlocks in it: ")
                    .append(block.blocks().stream()
                            .map(b -> "`" + b.type() + "`")
                            .collect(Collectors.joining(", ")))
                    .append(".\n");
        }
        if (block.open()) {
            page.append("\nAny other argument may stand here, too.\n");
        }
        block.blocks().forEach(inner -> block(inner, name + ".", level + 1));
    }

    private static String header(BlockDefinition block) {
        return block.type()
                + block.labels().stream()
                        .map(label -> " \""
                                + (label.choices().isEmpty() ? label.name() : String.join("|", label.choices())) + '"')
                        .collect(Collectors.joining());
    }

    private static String occurrence(BlockDefinition block) {
        return switch (block.occurrence()) {
            case ONCE -> "Required, once.";
            case AT_MOST_ONCE -> "Optional, at most once.";
            case ANY -> "Optional, any number of times.";
        };
    }

    private void attribute(AttributeDefinition attribute) {
        String fallback = attribute.required()
                ? "required"
                : attribute.fallback().map(SpecReference::code).orElse("–");
        List<String> cells = List.of(
                code(attribute.name()),
                cell(attribute.type().words()),
                fallback,
                cell(attribute.documentation()),
                code(attribute.example()));
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
