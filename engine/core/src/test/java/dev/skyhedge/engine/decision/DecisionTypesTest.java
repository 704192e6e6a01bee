package dev.skyhedge.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whatever becomes part of what the planner is given can be written and read: a step must not fail
/// because somebody may ask why.
class DecisionTypesTest {
    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            Instant.class,
            Duration.class,
            OptionalInt.class,
            OptionalDouble.class);

    /// Of the spec; it is not written.
    private static final Set<String> LEFT_OUT = Set.of("Spec.providers", "Spec.outputs", "Spec.checks");

    private final Set<Class<?>> seen = new HashSet<>();
    private final Set<String> foreign = new TreeSet<>();

    @Test
    void everyValueOfADecisionIsOneThatTheCodecKnows() {
        visit(Decision.class, "Decision");

        assertThat(foreign).isEmpty();
        assertThat(seen).hasSizeGreaterThan(50);
    }

    private void visit(Type type, String place) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            if (raw != Optional.class && !Collection.class.isAssignableFrom(raw) && !Map.class.isAssignableFrom(raw)) {
                foreign.add(place + ": " + type);
            }
            for (Type argument : parameterized.getActualTypeArguments()) {
                visit(argument, place);
            }
            return;
        }
        if (!(type instanceof Class<?> one)) {
            foreign.add(place + ": " + type);
            return;
        }
        if (SCALARS.contains(one) || one.isEnum() || !seen.add(one)) {
            return;
        }
        if (one.isRecord()) {
            for (RecordComponent component : one.getRecordComponents()) {
                String name = one.getSimpleName() + "." + component.getName();
                if (!LEFT_OUT.contains(name)) {
                    visit(component.getGenericType(), name);
                }
            }
            return;
        }
        List<Class<?>> alternatives = ValueCodec.alternatives(one);
        if (alternatives.isEmpty()) {
            foreign.add(place + ": " + one);
        }
        alternatives.forEach(alternative -> visit(alternative, place));
    }
}
