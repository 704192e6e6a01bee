package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.values.Shape;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;

/// What all evaluations of a load may still use together. Used by one thread.
public final class Budget {
    private final Limits limits;
    private long steps;
    private long characters;

    /// A full one.
    public Budget(Limits limits) {
        this.limits = limits;
    }

    void step() {
        if (++steps > limits.evaluationSteps()) {
            throw new ValueException("An evaluation may take " + limits.evaluationSteps() + " steps at most.");
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
