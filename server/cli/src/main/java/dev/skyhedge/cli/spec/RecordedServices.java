package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.engine.plan.ReadyReplicas;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.state.store.StateStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the state knows of services that a spec alone does not: how many replicas are ready. The state is read
/// when it is asked for first, without its lease, and never made.
public final class RecordedServices implements UnaryOperator<Value> {
    private static final String NAME = "name";
    private static final String READY = "ready_replicas";

    private final Context context;
    private final StateArguments arguments;
    private Optional<Map<String, Integer>> ready = Optional.empty();

    /// @param arguments where the state is
    public RecordedServices(Context context, StateArguments arguments) {
        this.context = context;
        this.arguments = arguments;
    }

    /// @param service a service, or the instances of one
    @Override
    public Value apply(Value service) {
        return switch (service) {
            case Value.TupleValue instances ->
                new Value.TupleValue(instances.elements().stream().map(this).toList());
            case Value.ObjectValue object
            when object.attributes().get(NAME) instanceof Value.StringValue(String name) -> known(object, name);
            case Value.ObjectValue instances -> {
                Map<String, Value> known = new LinkedHashMap<>();
                instances.attributes().forEach((key, value) -> known.put(key, apply(value)));
                yield new Value.ObjectValue(known);
            }
            default -> service;
        };
    }

    private Value known(Value.ObjectValue service, String name) {
        Map<String, Value> attributes = new LinkedHashMap<>(service.attributes());
        Integer count = ready().get(name);
        if (count != null) {
            attributes.put(READY, Value.of(count));
        }
        return new Value.ObjectValue(attributes);
    }

    /// How many replicas of each recorded service are ready; empty where there is no state.
    public Map<String, Integer> ready() {
        if (ready.isEmpty()) {
            ready = Optional.of(arguments.isThere(context) ? read() : Map.of());
        }
        return ready.get();
    }

    private Map<String, Integer> read() {
        try (StateStore store = arguments.open(context)) {
            return ReadyReplicas.of(store.read());
        }
    }
}
