package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.values.Shape;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all evaluations of a load may still use together, counted in steps and not in time: the same spec is valid on
/// a busy machine as on an idle one. A step is about a quarter of a microsecond. Once it is spent it stays so. Used by
/// one thread.
public final class Budget {
    /// What it takes to convert or encode a part, in steps; and how many parts are passed over in one.
    private static final int STEPS_OF_WORK = 10;

    private static final int PARTS_PER_STEP = 4;
    private static final int CHARACTERS_OF_WORK_PER_STEP = 2;
    private static final int CHARACTERS_PER_STEP = 256;

    private final Limits limits;
    private long steps;
    private long characters;
    private Optional<String> spent = Optional.empty();
    private @Nullable SourceRange costliest;
    private long most;

    /// A full one.
    public Budget(Limits limits) {
        this.limits = limits;
    }

    /// Whether it is used up, so that nothing more can be evaluated.
    public boolean isSpent() {
        return spent.isPresent();
    }

    /// Tells that it is spent, at the expression that has taken the most.
    ///
    /// @param last the expression in which it ended
    public Diagnostic error(SourceRange last) {
        long share = steps == 0 ? 0 : 100 * most / steps;
        return Diagnostic.error(
                costliest == null ? last : costliest,
                "Limit exceeded",
                spent.orElse("") + " Of all that was evaluated, this has taken the most, " + share + " %.");
    }

    /// Counts an expression of the spec that has been evaluated.
    ///
    /// @param before what [#steps] was before
    void ended(SourceRange expression, long before) {
        if (steps - before > most) {
            most = steps - before;
            costliest = expression;
        }
    }

    /// How many have been taken.
    long steps() {
        return steps;
    }

    void step() {
        take(1);
    }

    /// For passing over all parts of a value.
    void pass(Value value) {
        Shape shape = value.shape();
        take(shape.weight() / PARTS_PER_STEP + shape.characters() / CHARACTERS_PER_STEP);
    }

    /// For doing something to all parts of a value.
    void work(Value value) {
        Shape shape = value.shape();
        take(shape.weight() * STEPS_OF_WORK + shape.characters() / CHARACTERS_OF_WORK_PER_STEP);
    }

    private void take(long more) {
        steps += more;
        if (spent.isEmpty() && steps > limits.evaluationSteps()) {
            spend(String.format(
                    Locale.ROOT, "All expressions together may take %,d steps at most.", limits.evaluationSteps()));
        }
        if (spent.isPresent()) {
            throw new BudgetSpentException();
        }
    }

    private void spend(String reason) {
        spent = Optional.of(reason);
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
                spend("All strings together may have " + limits.liveCharacters() + " characters at most.");
                throw new BudgetSpentException();
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
