package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.NUMBER;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;

/// Functions of numbers.
final class NumberFunctions {
    private static final int MOST_DIGITS = 500;

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
                    .as(arguments -> pick(arguments, BigDecimal::min)),
            function(NUMBER, "log")
                    .takes("number", Type.NUMBER)
                    .takes("base", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The logarithm of the number to the base.")
                    .example("log(16, 2)", "4")
                    .as(arguments -> real(Math.log(arguments.number(0).doubleValue())
                            / Math.log(arguments.number(1).doubleValue()))),
            function(NUMBER, "parseint")
                    .takes("text", Type.ANY)
                    .takes("base", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The whole number that the text writes in the base, which is from 2 to 62. Above 36 capital"
                            + " letters stand for 36 to 61.")
                    .example("parseint(\"ff\", 16)", "255")
                    .example("parseint(\"-1011\", 2)", "-11")
                    .as(NumberFunctions::parse),
            function(NUMBER, "pow")
                    .takes("number", Type.NUMBER)
                    .takes("exponent", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("The number raised to the exponent.")
                    .example("pow(2, 10)", "1024")
                    .as(arguments -> real(Math.pow(
                            arguments.number(0).doubleValue(),
                            arguments.number(1).doubleValue()))),
            function(NUMBER, "signum")
                    .takes("number", Type.NUMBER)
                    .returns(Type.NUMBER)
                    .does("-1, 0 or 1, as the number is below, at or above zero.")
                    .example("signum(-13)", "-1")
                    .as(arguments -> Value.of(arguments.whole(0).signum())));

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

    private static Value real(double result) {
        if (Double.isNaN(result) || Double.isInfinite(result)) {
            throw new FunctionException(-1, "the result is not a finite number");
        }
        return Value.of(BigDecimal.valueOf(result));
    }

    private static Value parse(Arguments arguments) {
        String text = arguments.text(0);
        int base = arguments.integer(1);
        if (base < 2 || base > 62) {
            throw new FunctionException(1, "the base must be a whole number from 2 to 62");
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String digits = signed ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            throw new FunctionException(0, "a number of 1 to " + MOST_DIGITS + " digits is required");
        }
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits.charAt(i), base);
            if (digit < 0 || digit >= base) {
                throw new FunctionException(0, "\"" + text + "\" is not a whole number in base " + base);
            }
            number = number.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(digit));
        }
        return Value.of(new BigDecimal(text.startsWith("-") ? number.negate() : number));
    }

    private static int digit(char c, int base) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 10;
        }
        return c >= 'A' && c <= 'Z' ? c - 'A' + (base > 36 ? 36 : 10) : -1;
    }
}
