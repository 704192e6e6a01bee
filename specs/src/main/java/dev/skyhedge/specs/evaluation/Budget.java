package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.values.Shape;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;
import java.util.function.LongSupplier;

/// What all evaluations of a load may still use together. Used by one thread.
public final class Budget {
    private static final long STEPS_BETWEEN_LOOKS = 1024;

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final long began;
    private boolean late;
    private long steps;
    private long characters;

    /// A full one, for which no time passes.
    public Budget(Limits limits) {
        this(limits, () -> 0);
    }

    /// A full one. The time is looked at now and then, and once it is up it stays so.
    ///
    /// @param nanoTime nanoseconds since any instant, as `System.nanoTime` has them
    public Budget(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    void step() {
        if (++steps > limits.evaluationSteps()) {
            throw new ValueException("An evaluation may take " + limits.evaluationSteps() + " steps at most.");
        }
        if (steps % STEPS_BETWEEN_LOOKS == 0) {
            late |= nanoTime.getAsLong() - began > limits.evaluationTime().toNanos();
        }
        if (late) {
            throw new ValueException(
                    "An evaluation may take " + limits.evaluationTime().toSeconds() + " s at most.");
        }
    }

    /// Passes a new value on if it keeps the limits.
    Value admit(Value value) {
        Shape shape = value.shape();
        if (shape.depth() > limits.valueDepth()) {
            throw new ValueException("Collections may be nested " + limits.valueDepth() + " deep at most.");
        }
        if (shape.weight() > limits.valueWeight()) {
            throw new ValueException("A value may have " + limits.valueWeight() + " parts at most.");
        }
        if (elements(value.unmarked()) > limits.collectionElements()) {
            throw new ValueException("A collection may have at most " + limits.collectionElements() + " elements.");
        }
        if (value.unmarked() instanceof Value.StringValue(String text)) {
            characters += text.length();
            if (characters > limits.liveCharacters()) {
                throw new ValueException(
                        "All strings together may have " + limits.liveCharacters() + " characters at most.");
            }
        }
        return value;
    }

    private static int elements(Value value) {
        return switch (value) {
            case Value.ListValue list -> list.elements().size();
            case Value.SetValue set -> set.elements().size();
            case Value.TupleValue tuple -> tuple.elements().size();
            case Value.MapValue map -> map.entries().size();
            case Value.ObjectValue object -> object.attributes().size();
            default -> 0;
        };
    }
}
