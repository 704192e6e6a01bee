package dev.skyhedge.specs.evaluation;

import dev.skyhedge.specs.syntax.BinaryOperator;
import dev.skyhedge.specs.syntax.Expression;
import dev.skyhedge.specs.syntax.UnaryOperator;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Equality;
import dev.skyhedge.specs.values.Marks;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Rounding;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.Optional;

/// What operators make of their operands.
final class Operators {
    private final Evaluator evaluator;

    Operators(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Value unary(Expression.Unary node, Scope scope) {
        Value operand = evaluator.evaluate(node.operand(), scope);
        Type type = node.operator() == UnaryOperator.NEGATE ? Type.NUMBER : Type.BOOL;
        Value converted = operand(operand, type, node.operand(), scope);
        Value result = switch (converted) {
            case Value.NumberValue(BigDecimal number) -> Value.of(number.negate());
            case Value.BoolValue(boolean truth) -> Value.of(!truth);
            default -> converted;
        };
        return Value.sensitive(result, operand.isMarked());
    }

    Value binary(Expression.Binary node, Scope scope) {
        return switch (node.operator()) {
            case AND, OR -> logic(node, scope);
            case EQUAL, NOT_EQUAL -> equality(node, scope);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> arithmetic(node, Type.BOOL, scope);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> arithmetic(node, Type.NUMBER, scope);
        };
    }

    /// The left side alone decides if it can.
    private Value logic(Expression.Binary node, Scope scope) {
        boolean deciding = node.operator() == BinaryOperator.OR;
        Value left = evaluator.evaluate(node.left(), scope);
        Value first = operand(left, Type.BOOL, node.left(), scope);
        if (first.equals(Value.of(deciding))) {
            return Value.sensitive(first, left.isMarked());
        }
        Value right = evaluator.evaluate(node.right(), scope);
        Value second = operand(right, Type.BOOL, node.right(), scope);
        Value result = first instanceof Value.UnknownValue ? first : second;
        return Value.sensitive(result, left.isMarked() || right.isMarked());
    }

    private Value equality(Expression.Binary node, Scope scope) {
        Value left = evaluator.evaluate(node.left(), scope);
        Value right = evaluator.evaluate(node.right(), scope);
        evaluator.budget().pass(left);
        evaluator.budget().pass(right);
        boolean sensitive = left.shape().sensitive() || right.shape().sensitive();
        if (!left.shape().known() || !right.shape().known()) {
            return Value.sensitive(new Value.UnknownValue(Type.BOOL), sensitive);
        }
        boolean equal = Equality.test(Marks.strip(left), Marks.strip(right));
        return Value.sensitive(Value.of(equal == (node.operator() == BinaryOperator.EQUAL)), sensitive);
    }

    private Value arithmetic(Expression.Binary node, Type type, Scope scope) {
        Value left = evaluator.evaluate(node.left(), scope);
        Value right = evaluator.evaluate(node.right(), scope);
        boolean sensitive = left.isMarked() || right.isMarked();
        Value first = number(left, node, node.left(), scope);
        Value second = number(right, node, node.right(), scope);
        if (first instanceof Value.NumberValue(BigDecimal x) && second instanceof Value.NumberValue(BigDecimal y)) {
            return Value.sensitive(compute(node, x, y, scope), sensitive);
        }
        return Value.sensitive(new Value.UnknownValue(type), sensitive);
    }

    private static Value compute(Expression.Binary node, BigDecimal x, BigDecimal y, Scope scope) {
        boolean divides = node.operator() == BinaryOperator.DIVIDE || node.operator() == BinaryOperator.REMAINDER;
        if (divides && y.signum() == 0) {
            throw EvaluationException.at(
                    node,
                    scope,
                    "Division by zero",
                    "The right operand of \"" + node.operator().symbol() + "\" is zero.");
        }
        return switch (node.operator()) {
            case ADD -> number(node, x.add(y), scope);
            case SUBTRACT -> number(node, x.subtract(y), scope);
            case MULTIPLY -> number(node, x.multiply(y), scope);
            case DIVIDE -> number(node, Rounding.quotient(x, y), scope);
            case REMAINDER -> number(node, x.remainder(y), scope);
            case LESS -> Value.of(Rounding.compare(x, y) < 0);
            case LESS_OR_EQUAL -> Value.of(Rounding.compare(x, y) <= 0);
            case GREATER -> Value.of(Rounding.compare(x, y) > 0);
            case GREATER_OR_EQUAL -> Value.of(Rounding.compare(x, y) >= 0);
            case AND, OR, EQUAL, NOT_EQUAL -> throw new IllegalArgumentException("Not arithmetic: " + node.operator());
        };
    }

    private static Value number(Expression node, BigDecimal exact, Scope scope) {
        BigDecimal number = Rounding.computed(exact);
        if (!NumberText.fits(number)) {
            throw EvaluationException.at(
                    node, scope, "Limit exceeded", "The result is too large or too small a number.");
        }
        return Value.of(number);
    }

    private static Value number(Value value, Expression.Binary operation, Expression node, Scope scope) {
        boolean text = operation.operator() == BinaryOperator.ADD && value.type() == Type.STRING;
        return operand(
                value,
                Type.NUMBER,
                node,
                scope,
                text ? " To join texts, write them into one: \"${var.a}${var.b}\"." : "");
    }

    private static Value operand(Value value, Type type, Expression node, Scope scope) {
        return operand(value, type, node, scope, "");
    }

    /// The operand without its mark, as that type.
    ///
    /// @param hint what to do instead if it is not
    private static Value operand(Value value, Type type, Expression node, Scope scope, String hint) {
        Value bare = value.unmarked();
        if (bare instanceof Value.NullValue) {
            throw EvaluationException.at(
                    node, scope, "Invalid operand", "The operand is null, but a " + type.friendly() + " is required.");
        }
        return switch (Conversion.of(bare, type)) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused ->
                throw EvaluationException.at(
                        node,
                        scope,
                        "Invalid operand",
                        "Unsuitable value for the operand: " + refused.message() + "." + hint);
        };
    }

    /// The type that an operator's result has even where it fails; empty for other expressions.
    static Optional<Type> resultType(Expression expression) {
        return switch (expression) {
            case Expression.Parenthesised inner -> resultType(inner.inner());
            case Expression.Unary unary ->
                Optional.of(
                        switch (unary.operator()) {
                            case NOT -> Type.BOOL;
                            case NEGATE -> Type.NUMBER;
                        });
            case Expression.Binary binary ->
                Optional.of(
                        switch (binary.operator()) {
                            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> Type.NUMBER;
                            case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Type.BOOL;
                        });
            default -> Optional.empty();
        };
    }
}
