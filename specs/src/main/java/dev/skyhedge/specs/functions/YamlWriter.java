package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.BoundedText;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/// Values to a YAML document: block style, strings in double quotes or, if they have several lines, as they are.
final class YamlWriter {
    private static final ImplicitTuple IMPLICIT = new ImplicitTuple(true, true);

    /// Behind a plain scalar that is the whole document, which could go on otherwise.
    private static final String END_OF_DOCUMENT = "...\n";

    /// The emitter begins an empty string so, which the language does not.
    private static final String START = "--- ";

    private final Emitter emitter;

    private YamlWriter(Emitter emitter) {
        this.emitter = emitter;
    }

    static Value encode(Arguments arguments) {
        Output output = new Output(arguments.bounded());
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(Integer.MAX_VALUE)
                .setSplitLines(false)
                .build();
        Emitter emitter = new Emitter(settings, output);
        emitter.emit(new StreamStartEvent());
        emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        new YamlWriter(emitter).node(arguments.get(0));
        emitter.emit(new DocumentEndEvent(false));
        emitter.emit(new StreamEndEvent());
        boolean open = arguments.get(0).type().isPrimitive() && !(arguments.get(0) instanceof Value.StringValue);
        boolean plain = open || arguments.get(0) instanceof Value.NullValue;
        String document = output.text.add(plain ? END_OF_DOCUMENT : "").toString();
        return Value.of(document.startsWith(START) ? document.substring(START.length()) : document);
    }

    private void node(Value value) {
        switch (value) {
            case Value.StringValue(String text) -> scalar(text, style(text));
            case Value.NumberValue(var number) -> scalar(NumberText.of(number), ScalarStyle.PLAIN);
            case Value.BoolValue(boolean truth) -> scalar(String.valueOf(truth), ScalarStyle.PLAIN);
            case Value.NullValue ignored -> scalar("null", ScalarStyle.PLAIN);
            case Value.ListValue list -> sequence(list.elements());
            case Value.SetValue set -> sequence(set.elements());
            case Value.TupleValue tuple -> sequence(tuple.elements());
            case Value.MapValue map -> mapping(map.entries());
            case Value.ObjectValue object -> mapping(object.attributes());
            case Value.UnknownValue ignored -> throw new IllegalArgumentException("Unknown value");
            case Value.SensitiveValue ignored -> throw new IllegalArgumentException("Marked value");
            case Value.SecretValue ignored ->
                throw new FunctionException(0, "a secret is known at launch only and cannot be written");
        }
    }

    private static ScalarStyle style(String text) {
        return text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
    }

    private void scalar(String text, ScalarStyle style) {
        emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), IMPLICIT, text, style));
    }

    private void sequence(List<Value> elements) {
        FlowStyle style = elements.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
        emitter.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style));
        elements.forEach(element -> node(element));
        emitter.emit(new SequenceEndEvent());
    }

    private void mapping(Map<String, Value> entries) {
        FlowStyle style = entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK;
        emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style));
        entries.forEach((name, value) -> {
            node(Value.of(name));
            node(value);
        });
        emitter.emit(new MappingEndEvent());
    }

    private record Output(BoundedText text) implements StreamDataWriter {
        @Override
        public void write(String part) {
            text.add(part);
        }

        @Override
        public void write(String part, int offset, int length) {
            text.add(part.substring(offset, offset + length));
        }
    }
}
