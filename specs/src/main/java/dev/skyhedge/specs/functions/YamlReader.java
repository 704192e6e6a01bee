package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

/// A YAML document to values. Depth, aliases and the size that aliases grow to are bounded before the tree is made.
final class YamlReader {
    private static final int DEEPEST = 100;
    private static final int MOST_ALIASES = 100;
    private static final int MOST_NODES = 100_000;
    private static final int LONGEST_NUMBER = 1000;
    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Pattern BASED = Pattern.compile("[-+]?0(?:x[0-9a-fA-F_]+|o?[0-7_]+|b[01_]+)");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9][0-9_]*(?:\\.[0-9_]*)?|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]{1,9})?");

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
                .build();
        String text = arguments.text(0);
        try {
            check(new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.map(this::value).orElse(Value.nothing());
        } catch (YamlEngineException e) {
            throw new FunctionException(0, "the text is not YAML: " + message(e));
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
            case ScalarNode scalar -> scalar(scalar, tag.substring(CORE_TAG.length()));
            case SequenceNode sequence -> sequence(sequence);
            case MappingNode mapping -> mapping(mapping);
            default -> throw new FunctionException(0, "unsupported kind of YAML value");
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
            case Value.TupleValue tuple -> tuple.elements().forEach(each -> merge(each, merged));
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

    private static Value scalar(ScalarNode node, String tag) {
        String text = node.getValue();
        if (node.getScalarStyle() != ScalarStyle.PLAIN || tag.equals("str")) {
            boolean given = node.getScalarStyle() != ScalarStyle.PLAIN;
            return given || !isImplicit(text) ? Value.of(text) : plain(text);
        }
        return plain(text);
    }

    private static boolean isImplicit(String text) {
        return !(plain(text) instanceof Value.StringValue);
    }

    private static Value plain(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Value.nothing();
            case "true", "True", "TRUE" -> Value.of(true);
            case "false", "False", "FALSE" -> Value.of(false);
            default -> number(text).orElse(Value.of(text));
        };
    }

    private static Optional<Value> number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        String digits = text.replace("_", "");
        if (BASED.matcher(text).matches() && digits.length() > 1) {
            return Optional.of(Value.of(new BigDecimal(based(digits))));
        }
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
        return NumberText.fits(number) ? Optional.of(Value.of(number)) : Optional.empty();
    }

    private static BigInteger based(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        BigInteger number = digits.startsWith("0x")
                ? new BigInteger(digits.substring(2), 16)
                : digits.startsWith("0b")
                        ? new BigInteger(digits.substring(2), 2)
                        : new BigInteger(digits.replace("o", ""), 8);
        return negative ? number.negate() : number;
    }
}
