package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.diagnostics.ValueNote;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.functions.Surroundings;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Unification;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluates expressions in an environment. Used by one thread; deterministic.
public final class Evaluator {
    private static final int MOST_NOTES = 8;

    private final Environment environment;
    private final FunctionTable functions;
    private final Limits limits;
    private final Budget budget;
    private final Operators operators = new Operators(this);
    private final Traversals traversals = new Traversals(this);
    private final Iteration iteration = new Iteration(this);
    private final Templates templates = new Templates(this);
    private final FunctionCalls calls;
    private final Surroundings surroundings;
    private final List<Diagnostic> warnings = new ArrayList<>();

    /// @param budget what this and other evaluations of the same load may use together
    public Evaluator(Environment environment, FunctionTable functions, Limits limits, Budget budget) {
        this(environment, functions, limits, budget, Surroundings.NONE);
    }

    /// @param budget what this and other evaluations of the same load may use together
    /// @param surroundings what functions see besides their arguments
    public Evaluator(
            Environment environment, FunctionTable functions, Limits limits, Budget budget, Surroundings surroundings) {
        this.environment = environment;
        this.functions = functions;
        this.limits = limits;
        this.budget = budget;
        this.calls = new FunctionCalls(this, functions);
        this.surroundings = surroundings.with(new TemplateFiles(functions, limits, budget, surroundings)::render);
    }

    /// One that knows these names, too, with the same budget.
    public Evaluator within(Environment names) {
        return new Evaluator(names.or(environment), functions, limits, budget, surroundings);
    }

    /// Evaluates an expression.
    public Evaluation evaluate(Expression expression) {
        warnings.clear();
        long before = budget.steps();
        try {
            Value value = evaluate(expression, Scope.EMPTY);
            return new Evaluation(Optional.of(value), List.copyOf(warnings));
        } catch (EvaluationException e) {
            Diagnostic error = e.diagnostic().with(notes(e.culprit(), e.scope()));
            return new Evaluation(Optional.empty(), List.of(error));
        } catch (BudgetSpentException e) {
            budget.ended(expression.range(), before);
            return new Evaluation(Optional.empty(), List.of(budget.error(expression.range())));
        } finally {
            budget.ended(expression.range(), before);
        }
    }

    Budget budget() {
        return budget;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Limits limits() {
        return limits;
    }

    Value evaluate(Expression expression, Scope scope) {
        try {
            budget.step();
            return node(expression, scope);
        } catch (ValueException e) {
            throw EvaluationException.at(expression, scope, "Invalid value", e.reason());
        }
    }

    private Value node(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Template template -> budget.admit(templates.evaluate(template, scope));
            case Expression.Tuple tuple -> tuple(tuple, scope);
            case Expression.ObjectOf object -> object(object, scope);
            case Expression.For loop -> budget.admit(iteration.run(loop, scope));
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Binary binary -> operators.binary(binary, scope);
            case Expression.Unary unary -> operators.unary(unary, scope);
            case Expression.Parenthesised inner -> evaluate(inner.inner(), scope);
            case Expression.Call call -> budget.admit(calls.call(call, scope));
            case Expression.Name name -> name(name, scope);
            case Expression.Element element -> scope.find(Scope.ELEMENT).orElseThrow();
            case Expression.Attribute attribute -> attribute(attribute, scope);
            case Expression.Index index -> traversals.index(index, scope);
            case Expression.Splat splat -> budget.admit(traversals.splat(splat, scope));
        };
    }

    private Value name(Expression.Name node, Scope scope) {
        return scope.find(node.name())
                .orElseThrow(() -> EvaluationException.at(
                        node,
                        scope,
                        "Invalid reference",
                        "A reference must be followed by an attribute: " + node.name() + ".NAME."
                                + " If you meant text, put it in double quotes."));
    }

    private Value attribute(Expression.Attribute node, Scope scope) {
        if (node.source() instanceof Expression.Name(String root, var ignored)
                && scope.find(root).isEmpty()) {
            return environment
                    .value(root, node.name())
                    .orElseThrow(() -> EvaluationException.at(
                            node, scope, "Invalid reference", "There is no " + root + "." + node.name() + " here."));
        }
        return traversals.attribute(node, scope);
    }

    private Value tuple(Expression.Tuple node, Scope scope) {
        List<Value> elements = new ArrayList<>();
        for (Expression element : node.elements()) {
            elements.add(evaluate(element, scope));
        }
        return budget.admit(new Value.TupleValue(elements));
    }

    private Value object(Expression.ObjectOf node, Scope scope) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        boolean sensitive = false;
        boolean unknown = false;
        for (Expression.Item item : node.items()) {
            Value key = evaluate(item.key(), scope);
            sensitive |= key.isMarked();
            Value value = evaluate(item.value(), scope);
            if (key.unmarked() instanceof Value.NullValue) {
                throw EvaluationException.at(
                        item.key(), scope, "Null value as key", "Can't use a null value as a key.");
            }
            switch (Conversion.of(key.unmarked(), Type.STRING)) {
                case Conversion.Done(Value.StringValue(String name), var ignored) -> {
                    boolean again = attributes.put(name, value) != null;
                    if (again && item.key() instanceof Expression.Literal) {
                        warnings.add(Diagnostic.warning(
                                item.key().range(),
                                "Duplicate object key",
                                "The key \"" + name + "\" is given more than once; the last one counts."));
                    }
                }
                case Conversion.Done ignored -> unknown = true;
                case Conversion.Refused refused ->
                    throw EvaluationException.at(
                            item.key(),
                            scope,
                            "Incorrect key type",
                            "Can't use this value as a key: " + refused.message() + ".");
            }
        }
        Value result = unknown ? new Value.UnknownValue(Type.ANY) : new Value.ObjectValue(attributes);
        return Value.sensitive(budget.admit(result), sensitive);
    }

    /// A condition as bool or unknown, with its mark.
    Value condition(Expression node, Scope scope, String summary) {
        Value value = evaluate(node, scope);
        if (value.unmarked() instanceof Value.NullValue) {
            throw EvaluationException.at(node, scope, summary, "The condition is null, but a bool is required.");
        }
        return switch (Conversion.of(value, Type.BOOL)) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused ->
                throw EvaluationException.at(
                        node, scope, summary, "The condition is not suitable: " + refused.message() + ".");
        };
    }

    private Value conditional(Expression.Conditional node, Scope scope) {
        Value condition = condition(node.condition(), scope, "Incorrect condition type");
        boolean known = condition.unmarked() instanceof Value.BoolValue;
        boolean truth = condition.unmarked().equals(Value.of(true));
        Value chosen = evaluate(truth ? node.yes() : node.no(), scope);
        Optional<Value> other = attempt(truth ? node.no() : node.yes(), scope);
        budget.pass(chosen);
        other.ifPresent(budget::pass);
        List<Type> types = new ArrayList<>(List.of(chosen.type()));
        other.map(Value::type)
                .or(() -> Operators.resultType(truth ? node.no() : node.yes()))
                .ifPresent(types::add);
        Type type = Unification.ofBranches(types)
                .filter(common -> isForm(chosen, common)
                        && other.map(o -> isForm(o, common)).orElse(true))
                .orElseThrow(() -> inconsistent(node, scope, types));
        Value result = switch (Conversion.of(chosen, type)) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused ignored -> throw inconsistent(node, scope, types);
        };
        if (known || other.filter(chosen::equals).isPresent()) {
            return Value.sensitive(result, condition.isMarked());
        }
        boolean sensitive = chosen.shape().sensitive()
                || other.map(branch -> branch.shape().sensitive()).orElse(false);
        return Value.sensitive(new Value.UnknownValue(type), condition.isMarked() || sensitive);
    }

    private static EvaluationException inconsistent(Expression node, Scope scope, List<Type> types) {
        return EvaluationException.at(
                node,
                scope,
                "Inconsistent conditional result types",
                "The true and false result expressions must have consistent types, but one is "
                        + types.getFirst().friendly() + " and the other is "
                        + types.getLast().friendly() + ".");
    }

    /// Whether a branch can be a collection of the kind that both are to be, whatever its elements are.
    private static boolean isForm(Value branch, Type common) {
        Type form = switch (common) {
            case Type.ListOf ignored -> new Type.ListOf(Type.ANY);
            case Type.SetOf ignored -> new Type.SetOf(Type.ANY);
            case Type.MapOf ignored -> new Type.MapOf(Type.ANY);
            case Type.TupleOf ignored -> Type.ANY;
            case Type.ObjectOf ignored -> Type.ANY;
            case Type.Primitive ignored -> Type.ANY;
        };
        return Conversion.of(branch, form) instanceof Conversion.Done;
    }

    private Optional<Value> attempt(Expression expression, Scope scope) {
        try {
            return Optional.of(evaluate(expression, scope));
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    /// What a note tells of the expression; nothing if that cannot be evaluated any more.
    private Optional<Value> known(Expression expression, Scope scope) {
        try {
            return budget.isSpent() ? Optional.empty() : attempt(expression, scope);
        } catch (BudgetSpentException e) {
            return Optional.empty();
        }
    }

    /// Evaluates with these names alone.
    Value evaluate(Expression expression, Map<String, Value> names) {
        Scope scope = Scope.EMPTY;
        for (Map.Entry<String, Value> name : names.entrySet()) {
            scope = scope.with(name.getKey(), name.getValue());
        }
        return evaluate(expression, scope);
    }

    /// What the references in the expression are, for a diagnostic about it.
    public List<ValueNote> notes(Expression expression) {
        return notes(expression, Scope.EMPTY);
    }

    private List<ValueNote> notes(Expression culprit, Scope scope) {
        Map<String, ValueNote> notes = new LinkedHashMap<>();
        List<SourceRange> covered = new ArrayList<>();
        ExpressionWalk.walk(culprit, (node, names) -> {
            boolean traversal = node instanceof Expression.Attribute
                    || node instanceof Expression.Index
                    || (node instanceof Expression.Name name
                            && scope.find(name.name()).isPresent());
            boolean inner = covered.stream()
                    .anyMatch(
                            r -> r.from() <= node.range().from() && node.range().to() <= r.to());
            if (traversal && !inner && notes.size() < MOST_NOTES && !ExpressionWalk.isInner(node, names)) {
                known(node, scope).ifPresent(value -> {
                    covered.add(node.range());
                    notes.putIfAbsent(
                            node.range().text(), new ValueNote(node.range().text(), ValueWords.of(value)));
                });
            }
        });
        return List.copyOf(notes.values());
    }
}
