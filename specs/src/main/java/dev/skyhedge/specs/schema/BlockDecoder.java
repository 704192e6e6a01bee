package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.evaluation.Budget;
import dev.skyhedge.specs.evaluation.Environment;
import dev.skyhedge.specs.evaluation.Evaluation;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.schema.AttributeType.Constraint;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.Parser;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Evaluates the attributes of a block whose structure has been checked, and compares the values with the
/// definitions.
public final class BlockDecoder {
    /// By identity: there is one definition of each block, and hashing all that it says takes longer.
    private static final Map<BlockDefinition, Map<String, Value>> FALLBACKS =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private final Evaluator evaluator;
    private final Consumer<Diagnostic> sink;
    private final String context;
    private boolean failed;

    /// @param context title of the outermost block, for diagnostics
    /// @param sink gets everything that is wrong
    public BlockDecoder(Evaluator evaluator, String context, Consumer<Diagnostic> sink) {
        this.evaluator = evaluator;
        this.context = context;
        this.sink = sink;
    }

    /// Decodes the block; empty if anything in it is wrong.
    ///
    /// @param skipped attributes that mean something else and are left out
    public Optional<Decoded> decode(Body.Block block, BlockDefinition definition, List<String> skipped) {
        failed = false;
        Decoded decoded = read(block, definition, skipped, evaluator);
        return failed ? Optional.empty() : Optional.of(decoded);
    }

    private Decoded read(Body.Block block, BlockDefinition definition, List<String> skipped, Evaluator names) {
        // What is written and not what may be: of that there is ten times as much.
        Map<String, Value> given = new HashMap<>();
        for (Body.Item item : block.body().items()) {
            if (item instanceof Body.Attribute written && !skipped.contains(written.name())) {
                value(written, definition, names).ifPresent(value -> given.putIfAbsent(written.name(), value));
            }
        }
        boolean dynamic = !block.body().blocks(DynamicBlocks.TYPE).isEmpty();
        Map<String, List<Decoded>> blocks = new HashMap<>();
        for (BlockDefinition inner : definition.blocks()) {
            if (inner != SpecSchema.PRECONDITION && !inner.type().equals(DynamicBlocks.TYPE)) {
                List<Decoded> made = blocks(block, inner, names, dynamic);
                if (!made.isEmpty()) {
                    blocks.put(inner.type(), made);
                }
            }
        }
        Map<String, Value> fallbacks = FALLBACKS.computeIfAbsent(definition, BlockDecoder::fallbacks);
        return new Decoded(block, given, fallbacks, blocks);
    }

    /// The blocks of that type that are written in the block, and those that `dynamic` blocks make.
    private List<Decoded> blocks(Body.Block block, BlockDefinition definition, Evaluator names, boolean dynamic) {
        List<Body.Block> written = block.body().blocks(definition.type());
        List<DynamicBlocks.Made> made =
                dynamic ? new DynamicBlocks(names, this::report).of(block.body(), definition) : List.of();
        if (written.isEmpty() && made.isEmpty()) {
            return List.of();
        }
        List<Decoded> all = new ArrayList<>();
        for (Body.Block one : written) {
            all.add(read(one, definition, List.of(), names));
        }
        for (DynamicBlocks.Made one : made) {
            all.add(read(one.block(), definition, List.of(), one.evaluator()));
        }
        if (!made.isEmpty() && all.size() > 1 && definition.occurrence() != BlockDefinition.Occurrence.ANY) {
            report(Diagnostic.error(
                    made.getLast().block().header(),
                    "Duplicate " + definition.type() + " block",
                    "Only one " + definition.type() + " block is allowed, but there are " + all.size()
                            + " with those that dynamic blocks make."));
        }
        return all;
    }

    private Optional<Value> value(Body.Attribute written, BlockDefinition block, Evaluator names) {
        Optional<AttributeDefinition> definition = block.attribute(written.name());
        return definition.isPresent() && !definition.get().isSyntax()
                ? value(written, definition.get(), names)
                : Optional.empty();
    }

    /// The value of a written attribute; empty for null, which is the same as not written, and for an error.
    private Optional<Value> value(Body.Attribute written, AttributeDefinition definition, Evaluator names) {
        Evaluation evaluation = names.evaluate(written.expression());
        evaluation.diagnostics().forEach(this::report);
        if (evaluation.value().isEmpty()) {
            return Optional.empty();
        }
        Value value = evaluation.value().get();
        if (value.unmarked() instanceof Value.NullValue) {
            if (definition.required()) {
                wrong(names, written, "The argument \"" + definition.name() + "\" is required, but it is null.");
            }
            return Optional.empty();
        }
        return convert(written, definition, value, names);
    }

    private Optional<Value> convert(
            Body.Attribute written, AttributeDefinition definition, Value value, Evaluator names) {
        if (value.shape().sensitive() && !mayBeSensitive(value, definition)) {
            wrong(
                    names,
                    written,
                    "The value is sensitive or a secret, and \"" + definition.name()
                            + "\" would be shown in plans. Sensitive values can only be used in replica.env, and"
                            + " secrets also as the key of replica.access and the secret of a key of endpoint.");
            return Optional.empty();
        }
        if (!value.shape().known()) {
            wrong(
                    names,
                    written,
                    "The value is known only after apply, but \"" + definition.name()
                            + "\" must be known when planning.");
            return Optional.empty();
        }
        switch (Conversion.of(value, definition.type().type())) {
            case Conversion.Done(Value converted, var ignored) -> {
                Optional<String> problem =
                        ConstraintCheck.problem(converted, definition.type().constraint());
                problem.ifPresent(
                        p -> wrong(names, written, "The value of \"" + definition.name() + "\" is not valid. " + p));
                return problem.isPresent() ? Optional.empty() : Optional.of(converted);
            }
            case Conversion.Refused refused -> {
                report(Diagnostic.error(
                        written.expression().range(),
                        "Incorrect attribute value type",
                        "Inappropriate value for attribute \"" + definition.name() + "\": " + refused.message() + "."
                                + " For example: " + definition.name() + " = " + definition.example()));
                return Optional.empty();
            }
        }
    }

    private static boolean mayBeSensitive(Value value, AttributeDefinition definition) {
        Constraint constraint = definition.type().constraint();
        return constraint instanceof Constraint.Environment
                || (constraint instanceof Constraint.Secret && value instanceof Value.SecretValue);
    }

    private void wrong(Evaluator names, Body.Attribute written, String detail) {
        SourceRange range = written.expression().range();
        report(Diagnostic.error(range, "Invalid value for argument", detail).with(names.notes(written.expression())));
    }

    private void report(Diagnostic diagnostic) {
        failed |= diagnostic.isError();
        sink.accept(diagnostic.in(context));
    }

    private static Map<String, Value> fallbacks(BlockDefinition block) {
        Map<String, Value> fallbacks = new HashMap<>();
        for (AttributeDefinition attribute : block.attributes()) {
            if (!attribute.isSyntax()) {
                attribute.fallback().ifPresent(text -> fallbacks.put(attribute.name(), evaluated(attribute, text)));
            }
        }
        return Map.copyOf(fallbacks);
    }

    private static Value evaluated(AttributeDefinition definition, String text) {
        Expression expression = Parser.parseExpression(Source.of("default", text), Limits.DEFAULT)
                .expression()
                .orElseThrow();
        Evaluator evaluator =
                new Evaluator(Environment.EMPTY, FunctionTable.standard(), Limits.DEFAULT, new Budget(Limits.DEFAULT));
        Value value = evaluator.evaluate(expression).value().orElseThrow();
        return switch (Conversion.of(value, definition.type().type())) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused -> throw new IllegalStateException(definition.name() + " " + refused);
        };
    }
}
