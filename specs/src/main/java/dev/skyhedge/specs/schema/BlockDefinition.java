package dev.skyhedge.specs.schema;

import java.util.List;
import java.util.Optional;

/// A type of block.
///
/// @param type as written
/// @param labels what each label is
/// @param occurrence how often it may stand in its parent
/// @param attributes its attributes
/// @param blocks the blocks in it
/// @param open whether it may hold anything else, whose meaning is not known here
/// @param documentation what it means, in sentences
public record BlockDefinition(
        String type,
        List<LabelDefinition> labels,
        Occurrence occurrence,
        List<AttributeDefinition> attributes,
        List<BlockDefinition> blocks,
        boolean open,
        String documentation) {

    /// How often a block may stand in its parent.
    public enum Occurrence {
        ONCE,
        AT_MOST_ONCE,
        ANY
    }

    /// A label.
    ///
    /// @param name what it stands for
    /// @param choices what it may be; empty for anything that is a name
    public record LabelDefinition(String name, List<String> choices) {}

    /// The attribute of that name.
    public Optional<AttributeDefinition> attribute(String name) {
        for (AttributeDefinition attribute : attributes) {
            if (attribute.name().equals(name)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    /// The type of block of that name.
    public Optional<BlockDefinition> block(String name) {
        for (BlockDefinition block : blocks) {
            if (block.type().equals(name)) {
                return Optional.of(block);
            }
        }
        return Optional.empty();
    }

    /// A block without labels and blocks in it.
    public static BlockDefinition block(
            String type, Occurrence occurrence, String documentation, List<AttributeDefinition> attributes) {
        return new BlockDefinition(type, List.of(), occurrence, attributes, List.of(), false, documentation);
    }

    /// A block without labels whose attributes and inner blocks these are.
    public static BlockDefinition block(
            String type,
            Occurrence occurrence,
            String documentation,
            List<AttributeDefinition> attributes,
            List<BlockDefinition> blocks) {
        return new BlockDefinition(type, List.of(), occurrence, attributes, blocks, false, documentation);
    }

    /// The same with this one label.
    ///
    /// @param choices what it may be; none for anything that is a name
    public BlockDefinition labelled(String label, String... choices) {
        return new BlockDefinition(
                type,
                List.of(new LabelDefinition(label, List.of(choices))),
                occurrence,
                attributes,
                blocks,
                open,
                documentation);
    }

    /// The same with these blocks in it.
    public BlockDefinition with(BlockDefinition... inner) {
        return new BlockDefinition(type, labels, occurrence, attributes, List.of(inner), open, documentation);
    }

    BlockDefinition opened() {
        return new BlockDefinition(type, labels, occurrence, attributes, blocks, true, documentation);
    }
}
