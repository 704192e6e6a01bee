package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.NUMBER;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;

/// Functions of numbers.
final class NumberFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(NUMBER, "abs")
                    .takes("number", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The number without its sign.")
                    .example("abs(-2.5)", "2.5")
                    .as(arguments -> Value.of(arguments.number(0).abs())),
            function(NUMBER, "ceil")
                    .takes("number", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The closest whole number that is not smaller.")
                    .example("ceil(-1.5)", "-1")
                    .as(arguments -> Value.of(arguments.number(0).setScale(0, RoundingMode.CEILING))),
            function(NUMBER, "floor")
                    .takes("number", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The closest whole number that is not greater.")
                    .example("floor(1.9)", "1")
                    .as(arguments -> Value.of(arguments.number(0).setScale(0, RoundingMode.FLOOR))),
            function(NUMBER, "max")
                    .takesMany("numbers", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The greatest of the numbers, of which there must be at least one.")
                    .example("max(3, 12, 7)", "12")
                    .as(arguments -> pick(arguments, BigDecimal::max)),
            function(NUMBER, "min")
                    .takesMany("numbers", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The smallest of the numbers, of which there must be at least one.")
                    .example("min(3, 12, 7)", "3")
                    .as(arguments -> pick(arguments, BigDecimal::min)));

    private NumberFunctions() {}

    private static Value pick(Arguments arguments, BinaryOperator<BigDecimal> better) {
        if (arguments.size() == 0) {
            throw new FunctionException(-1, "at least one number is required");
        }
        BigDecimal best = arguments.number(0);
        for (int i = 1; i < arguments.size(); i++) {
            best = better.apply(best, arguments.number(i));
        }
        return Value.of(best);
    }
}
