package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/// A YAML document to values. Depth, aliases and the size that aliases grow to are bounded before the tree is
/// made.
final class YamlReader {
    private static final int DEEPEST = 100;
    private static final int MOST_ALIASES = 100;
    private static final int MOST_NODES = 100_000;
    private static final String CORE_TAG = "tag:yaml.org,2002:";
    /// Of what is not known to be text, nor tagged.
    private static final Tag IMPLICIT = new Tag(CORE_TAG + "implicit");

    private static final ScalarResolver RESOLVER = (text, implicit) -> implicit ? IMPLICIT : Tag.STR;

    private final Arguments arguments;
    private int nodes;

    YamlReader(Arguments arguments) {
        this.arguments = arguments;
    }

    Value decode() {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(arguments.limits().stringLength())
                .setAllowDuplicateKeys(true)
                .setLabel("YAML")
                .setSchema(new Untyped())
                .build();
        String text = arguments.text(0);
        try {
            check(new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.map(this::value).orElseThrow(() -> new FunctionException(0, "there is no YAML document"));
        } catch (YamlEngineException e) {
            throw new FunctionException(0, "the text is not YAML: " + message(e));
        }
    }

    /// Leaves what a scalar is to [YamlScalars].
    private static final class Untyped implements Schema {
        @Override
        public ScalarResolver getScalarResolver() {
            return RESOLVER;
        }

        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of();
        }
    }

    private static String message(YamlEngineException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static void check(Iterable<Event> events) {
        int depth = 0;
        int aliases = 0;
        int documents = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                case Alias -> aliases++;
                case DocumentStart -> documents++;
                case DocumentEnd, Scalar, StreamStart, StreamEnd, Comment -> {}
            }
            if (depth > DEEPEST || aliases > MOST_ALIASES) {
                throw new FunctionException(
                        0, "YAML may be nested " + DEEPEST + " deep and have " + MOST_ALIASES + " aliases at most");
            }
            if (documents > 1) {
                throw new FunctionException(0, "there must be one YAML document only");
            }
        }
    }

    private Value value(Node node) {
        if (++nodes > MOST_NODES) {
            throw new FunctionException(0, "a YAML document may grow to " + MOST_NODES + " values at most");
        }
        String tag = node.getTag().getValue();
        if (!tag.startsWith(CORE_TAG)) {
            throw new FunctionException(0, "unsupported tag " + tag);
        }
        return switch (node) {
            case ScalarNode scalar ->
                YamlScalars.value(
                        scalar.getValue(),
                        scalar.getScalarStyle() == ScalarStyle.PLAIN ? tag.substring(CORE_TAG.length()) : "str");
            case SequenceNode sequence when node.getTag().equals(Tag.SEQ) -> sequence(sequence);
            case MappingNode mapping when node.getTag().equals(Tag.MAP) -> mapping(mapping);
            default -> throw new FunctionException(0, "unsupported tag " + tag);
        };
    }

    private Value sequence(SequenceNode node) {
        refuseLoop(node);
        List<Value> elements = new ArrayList<>();
        node.getValue().forEach(element -> elements.add(value(element)));
        return new Value.TupleValue(elements);
    }

    private static void refuseLoop(Node node) {
        if (node.isRecursive()) {
            throw new FunctionException(0, "a YAML value may not be part of itself");
        }
    }

    private Value mapping(MappingNode node) {
        refuseLoop(node);
        Map<String, Value> merged = new LinkedHashMap<>();
        Map<String, Value> own = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            Value key = value(entry.getKeyNode());
            Value value = value(entry.getValueNode());
            if (isMerge(entry.getKeyNode())) {
                merge(value, merged);
            } else {
                own.put(name(key), value);
            }
        }
        merged.putAll(own);
        return new Value.ObjectValue(merged);
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().equals("<<");
    }

    private static void merge(Value value, Map<String, Value> merged) {
        switch (value) {
            case Value.ObjectValue object -> object.attributes().forEach(merged::putIfAbsent);
            default -> throw new FunctionException(0, "<< needs a mapping");
        }
    }

    private static String name(Value key) {
        return switch (key) {
            case Value.StringValue(String text) -> text;
            case Value.NumberValue(BigDecimal number) -> NumberText.of(number);
            case Value.BoolValue(boolean truth) -> String.valueOf(truth);
            default -> throw new FunctionException(0, "a key must be a string, number or bool");
        };
    }
}
