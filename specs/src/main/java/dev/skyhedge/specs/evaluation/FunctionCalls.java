package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.functions.Arguments;
import dev.skyhedge.specs.functions.Effort;
import dev.skyhedge.specs.functions.FunctionDefinition;
import dev.skyhedge.specs.functions.FunctionException;
import dev.skyhedge.specs.functions.FunctionTable;
import dev.skyhedge.specs.functions.Implementation;
import dev.skyhedge.specs.functions.Implementation.Attempt;
import dev.skyhedge.specs.functions.Parameter;
import dev.skyhedge.specs.functions.Parameter.Form;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Marks;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Calls: counts and converts the arguments, and sees to marks and unknown values on behalf of the function.
final class FunctionCalls {
    private final Evaluator evaluator;
    private final FunctionTable functions;

    FunctionCalls(Evaluator evaluator, FunctionTable functions) {
        this.evaluator = evaluator;
        this.functions = functions;
    }

    Value call(Expression.Call node, Scope scope) {
        FunctionDefinition function = functions
                .find(node.function())
                .orElseThrow(() -> new EvaluationException(unknownFunction(node, functions), node, scope));
        try {
            if (function.implementation() instanceof Implementation.OfAttempts(var body)) {
                return attempts(node, function, body, scope);
            }
            return call(node, function, scope);
        } catch (FunctionException e) {
            throw failed(node, function, e.argument(), e.reason(), scope);
        }
    }

    static Diagnostic unknownFunction(Expression.Call node, FunctionTable functions) {
        return Diagnostic.error(
                node.nameRange(),
                "Call to unknown function",
                "There is no function named \"" + node.function() + "\"."
                        + Suggestions.sentence(node.function(), functions.names()));
    }

    private Value attempts(
            Expression.Call node,
            FunctionDefinition function,
            Function<List<Supplier<Attempt>>, Value> body,
            Scope scope) {
        List<Supplier<Attempt>> attempts = new ArrayList<>();
        single(node).forEach(argument -> attempts.add(() -> attempt(argument, scope)));
        Expansion expansion = expand(node, scope);
        if (!expansion.known()) {
            return Value.sensitive(new Value.UnknownValue(function.result()), expansion.sensitive());
        }
        expansion.elements().forEach(element -> attempts.add(() -> new Attempt.Succeeded(element)));
        requireCount(node, function, attempts.size(), scope);
        return Value.sensitive(body.apply(attempts), expansion.sensitive());
    }

    private Attempt attempt(Expression argument, Scope scope) {
        try {
            return new Attempt.Succeeded(evaluator.evaluate(argument, scope));
        } catch (EvaluationException e) {
            String detail = e.diagnostic().detail();
            return new Attempt.Failed(e.diagnostic().summary() + ": " + detail);
        }
    }

    private Value call(Expression.Call node, FunctionDefinition function, Scope scope) {
        List<Value> given = new ArrayList<>();
        single(node).forEach(argument -> given.add(evaluator.evaluate(argument, scope)));
        Expansion expansion = expand(node, scope);
        if (!expansion.known()) {
            return Value.sensitive(new Value.UnknownValue(function.result()), expansion.sensitive());
        }
        given.addAll(expansion.elements());
        requireCount(node, function, given.size(), scope);
        given.forEach(argument -> take(function.effort(), argument));
        List<Value> converted = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            converted.add(convert(node, function, i, given.get(i), scope));
        }
        Value result = switch (function.implementation()) {
            case Implementation.OfAny(var body) -> body.apply(arguments(converted));
            case Implementation.OfKnown(var body) -> plain(node, function, body, converted, true, scope);
            case Implementation.OfElements(var body) -> plain(node, function, body, converted, false, scope);
            case Implementation.OfAttempts ignored -> throw new IllegalStateException(function.name());
        };
        return Value.sensitive(result, expansion.sensitive());
    }

    private void take(Effort effort, Value argument) {
        switch (effort) {
            case CONSTANT -> {
                if (argument.unmarked() instanceof Value.StringValue) {
                    evaluator.budget().work(argument);
                }
            }
            case PASS -> evaluator.budget().pass(argument);
            case WORK -> evaluator.budget().work(argument);
        }
    }

    private Value plain(
            Expression.Call node,
            FunctionDefinition function,
            Function<Arguments, Value> body,
            List<Value> arguments,
            boolean deep,
            Scope scope) {
        boolean hidden = arguments.stream().anyMatch(FunctionCalls::hasMark);
        boolean unknown = arguments.stream()
                .anyMatch(a -> deep ? !a.shape().known() : a.unmarked() instanceof Value.UnknownValue);
        if (unknown) {
            return Value.sensitive(new Value.UnknownValue(function.result()), hidden);
        }
        boolean sensitive = deep ? hidden : arguments.stream().anyMatch(Value.SensitiveValue.class::isInstance);
        try {
            Arguments bare = arguments(arguments.stream()
                    .map(deep ? Marks::strip : Value::unmarked)
                    .toList());
            return Value.sensitive(body.apply(bare), sensitive);
        } catch (FunctionException e) {
            String message = hidden ? "an argument is not suitable; it is sensitive and not shown" : e.reason();
            throw failed(node, function, e.argument(), message, scope);
        }
    }

    private Arguments arguments(List<Value> values) {
        return new Arguments(values, evaluator.limits(), evaluator.surroundings());
    }

    /// A secret hides itself, so the collection around it need not be hidden.
    private static boolean hasMark(Value value) {
        return value instanceof Value.SensitiveValue
                || (value.shape().sensitive() && !Marks.strip(value).equals(value));
    }

    /// What the dots behind the last argument make of it.
    ///
    /// @param known whether it is known how many there are
    /// @param sensitive whether the list was sensitive as a whole
    private record Expansion(List<Value> elements, boolean known, boolean sensitive) {
        static final Expansion NONE = new Expansion(List.of(), true, false);
    }

    /// The arguments that stand for themselves.
    private static List<Expression> single(Expression.Call node) {
        List<Expression> written = node.arguments();
        return node.expanded() ? written.subList(0, written.size() - 1) : written;
    }

    private Expansion expand(Expression.Call node, Scope scope) {
        if (!node.expanded()) {
            return Expansion.NONE;
        }
        Expression argument = node.arguments().getLast();
        Value last = evaluator.evaluate(argument, scope);
        List<Value> elements = switch (last.unmarked()) {
            case Value.ListValue list -> list.elements();
            case Value.SetValue set -> set.elements();
            case Value.TupleValue tuple -> tuple.elements();
            case Value.UnknownValue unknown when Form.ELEMENTS.allows(unknown) -> List.of();
            default ->
                throw EvaluationException.at(
                        argument,
                        scope,
                        "Invalid expanding argument value",
                        "The expanding argument (indicated by ...) must be a list, tuple or set, and not null.");
        };
        return new Expansion(elements, !(last.unmarked() instanceof Value.UnknownValue), last.isMarked());
    }

    private static void requireCount(Expression.Call node, FunctionDefinition function, int count, Scope scope) {
        int least = function.parameters().size();
        if (count < least) {
            Parameter missing = function.parameters().get(count);
            throw EvaluationException.at(
                    node,
                    scope,
                    "Not enough function arguments",
                    "Function \"" + function.name()
                            + "\" expects " + least + " argument" + (least == 1 ? "" : "s") + ". Missing value for \""
                            + missing.name() + "\": " + function.signature() + ".");
        }
        if (count > least && function.rest().isEmpty()) {
            throw EvaluationException.at(
                    node,
                    scope,
                    "Too many function arguments",
                    "Function \"" + function.name()
                            + "\" expects only " + least + " argument" + (least == 1 ? "" : "s") + ": "
                            + function.signature() + ".");
        }
    }

    private Value convert(Expression.Call node, FunctionDefinition function, int index, Value value, Scope scope) {
        Parameter parameter = parameter(function, index);
        if (value.unmarked() instanceof Value.NullValue) {
            if (!parameter.nullable()) {
                throw failed(node, function, index, "argument must not be null", scope);
            }
            return value;
        }
        if (parameter.type() == Type.ANY) {
            if (!parameter.form().allows(value)) {
                throw failed(node, function, index, parameter.form().words() + " is required", scope);
            }
            return value;
        }
        return switch (Conversion.of(value, parameter.type())) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused -> throw failed(node, function, index, refused.message(), scope);
        };
    }

    private static Parameter parameter(FunctionDefinition function, int index) {
        return index < function.parameters().size()
                ? function.parameters().get(index)
                : function.rest().orElseThrow();
    }

    private static EvaluationException failed(
            Expression.Call node, FunctionDefinition function, int argument, String message, Scope scope) {
        if (argument < 0) {
            return EvaluationException.at(
                    node,
                    scope,
                    "Error in function call",
                    "Call to function \"" + function.name() + "\" failed: " + message + ".");
        }
        Expression culprit = node.arguments().isEmpty()
                ? node
                : node.arguments().get(Math.min(argument, node.arguments().size() - 1));
        String name = argument < function.parameters().size() || function.rest().isPresent()
                ? parameter(function, argument).name()
                : String.valueOf(argument + 1);
        return EvaluationException.at(
                culprit,
                scope,
                "Invalid function argument",
                "Invalid value for \"" + name + "\" parameter of " + function.name() + ": " + message + ".");
    }
}
