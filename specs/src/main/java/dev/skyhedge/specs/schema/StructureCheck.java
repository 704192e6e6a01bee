package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.schema.BlockDefinition.LabelDefinition;
import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares what stands in a body with what may stand there, without evaluating anything.
public final class StructureCheck {
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    private StructureCheck() {}

    /// All that is wrong with the items of a file.
    public static List<Diagnostic> file(Body body, Language language) {
        StructureCheck check = new StructureCheck();
        check.items(body, language.file(), Optional.empty());
        return check.diagnostics;
    }

    private void items(Body body, BlockDefinition definition, Optional<String> context) {
        if (definition.open()) {
            return;
        }
        for (Body.Item item : body.items()) {
            switch (item) {
                case Body.Attribute attribute -> attribute(attribute, definition, context);
                case Body.Block block -> block(block, definition, context);
            }
        }
    }

    private void attribute(Body.Attribute attribute, BlockDefinition definition, Optional<String> context) {
        String name = attribute.name();
        if (definition.attribute(name).isPresent()) {
            return;
        }
        String detail = definition.block(name).isPresent()
                ? "\"" + name + "\" is a block: write " + name + " { … }, without an equals sign."
                : "An argument named \"" + name + "\" is not expected here."
                        + Suggestions.sentence(name, names(definition));
        report(Diagnostic.error(attribute.nameRange(), "Unsupported argument", detail), context);
    }

    private static List<String> names(BlockDefinition definition) {
        List<String> names = new ArrayList<>();
        definition.attributes().forEach(a -> names.add(a.name()));
        definition.blocks().forEach(b -> names.add(b.type()));
        return names;
    }

    private void block(Body.Block block, BlockDefinition parent, Optional<String> context) {
        Optional<BlockDefinition> found = parent.block(block.type());
        if (found.isEmpty()) {
            String detail = parent.attribute(block.type())
                    .map(argument -> "\"" + argument.name() + "\" is an argument, with an equals sign. For example: "
                            + argument.name() + " = " + argument.example())
                    .orElseGet(() -> "Blocks of type \"" + block.type() + "\" are not expected here."
                            + Suggestions.sentence(block.type(), names(parent)));
            report(Diagnostic.error(block.typeRange(), "Unsupported block type", detail), context);
            return;
        }
        BlockDefinition definition = found.get();
        Optional<String> inner = context.isPresent() && block.labels().isEmpty() ? context : Optional.of(block.title());
        labels(block, definition, inner);
        items(block.body(), definition, inner);
        missing(block, definition, inner);
        if (definition == ServiceSchema.DYNAMIC) {
            content(block, parent, inner);
        }
    }

    /// The content of a `dynamic` block is one of the blocks that it makes.
    private void content(Body.Block dynamic, BlockDefinition parent, Optional<String> context) {
        Optional<BlockDefinition> made = parent.block(DynamicBlocks.typeOf(dynamic));
        for (Body.Block content : dynamic.body().blocks(DynamicBlocks.CONTENT)) {
            made.ifPresent(definition -> {
                items(content.body(), definition, context);
                missing(content, definition, context);
            });
        }
    }

    private void labels(Body.Block block, BlockDefinition definition, Optional<String> context) {
        int wanted = definition.labels().size();
        if (block.labels().size() < wanted) {
            LabelDefinition label = definition.labels().get(block.labels().size());
            report(
                    Diagnostic.error(
                            block.header(),
                            "Missing " + label.name() + " for " + block.type(),
                            "A " + block.type() + " block needs a label: " + block.type() + " \"" + label.name()
                                    + "\" { … }."),
                    context);
            return;
        }
        if (block.labels().size() > wanted) {
            report(
                    Diagnostic.error(
                            block.labels().get(wanted).range(),
                            "Extraneous label for " + block.type(),
                            "A " + block.type() + " block has " + (wanted == 0 ? "no labels" : "one label only") + "."),
                    context);
            return;
        }
        for (int i = 0; i < wanted; i++) {
            label(block.labels().get(i), definition.labels().get(i), context);
        }
    }

    private void label(Body.Label label, LabelDefinition definition, Optional<String> context) {
        if (!definition.choices().isEmpty() && !definition.choices().contains(label.text())) {
            report(
                    Diagnostic.error(
                            label.range(),
                            "Invalid " + definition.name(),
                            "The " + definition.name() + " must be "
                                    + definition.choices().stream()
                                            .map(c -> "\"" + c + "\"")
                                            .collect(Collectors.joining(" or "))
                                    + ", not \"" + label.text() + "\"."
                                    + Suggestions.sentence(label.text(), definition.choices())),
                    context);
        }
        if (definition.choices().isEmpty() && !Names.isName(label.text())) {
            report(
                    Diagnostic.error(
                            label.range(),
                            "Invalid name",
                            "A name starts with a letter and has letters, digits,"
                                    + " underscores and dashes only, 63 of them at most."),
                    context);
        }
    }

    private void missing(Body.Block block, BlockDefinition definition, Optional<String> context) {
        for (AttributeDefinition attribute : definition.attributes()) {
            if (attribute.required()
                    && block.body().attribute(attribute.name()).isEmpty()
                    && !meant(block.body(), definition).contains(attribute.name())) {
                missing(
                        block,
                        "Missing required argument",
                        "The argument \"" + attribute.name()
                                + "\" is required, but no definition was found. For example: " + attribute.name()
                                + " = "
                                + attribute.example(),
                        context);
            }
        }
        for (BlockDefinition inner : definition.blocks()) {
            if (inner.occurrence() == Occurrence.ANY) {
                continue;
            }
            List<Body.Block> blocks = block.body().blocks(inner.type());
            if (blocks.isEmpty()
                    && inner.occurrence() == Occurrence.ONCE
                    && !meant(block.body(), definition).contains(inner.type())) {
                missing(
                        block,
                        "Missing " + inner.type() + " block",
                        "A " + block.type() + " needs one " + inner.type() + " block. " + inner.documentation(),
                        context);
            }
            if (blocks.size() > 1) {
                SourceRange first = blocks.getFirst().header();
                report(
                        Diagnostic.error(
                                blocks.get(1).header(),
                                "Duplicate " + inner.type() + " block",
                                "Only one " + inner.type() + " block is allowed. Another was defined at "
                                        + first.place() + "."),
                        context);
            }
        }
    }

    /// What is there after all, misspelt or written in the other way: it is complained about as that.
    private static Set<String> meant(Body body, BlockDefinition definition) {
        Set<String> meant = new HashSet<>();
        body.attributes()
                .map(Body.Attribute::name)
                .filter(name -> definition.attribute(name).isEmpty())
                .forEach(name -> meant.add(definition.block(name).isPresent() ? name : closest(name, definition)));
        body.blocks()
                .map(Body.Block::type)
                .filter(type -> definition.block(type).isEmpty())
                .forEach(type -> meant.add(definition.attribute(type).isPresent() ? type : closest(type, definition)));
        return meant;
    }

    private static String closest(String name, BlockDefinition definition) {
        return Suggestions.closest(name, names(definition)).orElse("");
    }

    private void missing(Body.Block block, String summary, String detail, Optional<String> context) {
        report(Diagnostic.error(block.header(), summary, detail), context);
    }

    private void report(Diagnostic diagnostic, Optional<String> context) {
        diagnostics.add(context.map(diagnostic::in).orElse(diagnostic));
    }
}
