package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What stands in a file or between the braces of a block.
///
/// @param items in order
/// @param range from the opening to the closing brace, or the whole file
public record Body(List<Item> items, SourceRange range) {
    public Body {
        items = List.copyOf(items);
    }

    /// An attribute or a block.
    public sealed interface Item {
        /// Where all of it stands.
        SourceRange range();
    }

    /// `name = expression`.
    public record Attribute(String name, SourceRange nameRange, Expression expression, SourceRange range)
            implements Item {}

    /// `type "label" { … }`.
    ///
    /// @param header range of type and labels
    public record Block(
            String type, SourceRange typeRange, List<Label> labels, Body body, SourceRange header, SourceRange range)
            implements Item {
        /// The header as a reader knows it: `service "chat"`.
        public String title() {
            StringBuilder title = new StringBuilder(type);
            labels.forEach(label -> title.append(" \"").append(label.text()).append('"'));
            return title.toString();
        }
    }

    /// A label of a block.
    public record Label(String text, SourceRange range) {}

    /// The attributes, in order.
    public Stream<Attribute> attributes() {
        return items.stream().filter(Attribute.class::isInstance).map(Attribute.class::cast);
    }

    /// The attribute of that name.
    public Optional<Attribute> attribute(String name) {
        // A loop, because every attribute of every definition is asked for in every block.
        for (Item item : items) {
            if (item instanceof Attribute attribute && attribute.name().equals(name)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    /// The blocks, in order.
    public Stream<Block> blocks() {
        return items.stream().filter(Block.class::isInstance).map(Block.class::cast);
    }

    /// The blocks of that type, in order.
    public List<Block> blocks(String type) {
        List<Block> blocks = List.of();
        for (Item item : items) {
            if (item instanceof Block block && block.type().equals(type)) {
                blocks = blocks.isEmpty() ? new ArrayList<>() : blocks;
                blocks.add(block);
            }
        }
        return blocks;
    }
}
