package dev.skyhedge.specs.functions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.skyhedge.specs.values.BoundedText;
import dev.skyhedge.specs.values.Conversion;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A pattern of `format`, in the manner of Go's fmt.
///
/// @param pattern the text with its verbs
record FormatPattern(String pattern) {
    private static final Pattern VERB =
            Pattern.compile("%([-+ 0#]*)([0-9]+)?(?:\\.([0-9]+)?)?(?:\\[([0-9]+)\\])?([a-zA-Z%])?");
    private static final int WIDEST = 10_000;

    String apply(List<Value> values, BoundedText text) {
        Matcher verb = VERB.matcher(pattern);
        int from = 0;
        int next = 0;
        int highest = 0;
        while (verb.find()) {
            text.add(pattern.substring(from, verb.start()));
            from = verb.end();
            String letter = verb.group(5);
            if (letter == null) {
                throw new FunctionException(0, "unrecognized format: a verb is missing after \"" + verb.group() + "\"");
            }
            if (letter.equals("%")) {
                text.add("%");
                continue;
            }
            int index = verb.group(4) == null ? next : small(verb.group(4), 0) - 1;
            if (index < 0 || index >= values.size()) {
                throw new FunctionException(
                        -1,
                        "not enough values for \"" + verb.group() + "\" at character " + (verb.start() + 1) + ": value "
                                + (index + 1) + " of " + values.size());
            }
            next = index + 1;
            highest = Math.max(highest, next);
            text.add(verb(verb, letter.charAt(0), values.get(index), index + 1));
        }
        if (highest < values.size()) {
            throw new FunctionException(-1, "too many values: the pattern uses " + highest + " of " + values.size());
        }
        return text.add(pattern.substring(from)).toString();
    }

    private static String verb(Matcher verb, char letter, Value value, int argument) {
        String flags = verb.group(1) == null ? "" : verb.group(1);
        int width = small(verb.group(2), 0);
        boolean dotted = verb.group().contains(".");
        int precision = dotted ? small(verb.group(3), 0) : -1;
        String body = switch (letter) {
            case 's' -> cut(text(value, argument), precision);
            case 'q' -> ValueJson.write(Value.of(cut(text(value, argument), precision)));
            case 'v' -> flags.contains("#") ? ValueJson.write(value) : plain(value);
            case 't' ->
                convert(value, Type.BOOL, argument) instanceof Value.BoolValue(boolean truth)
                        ? String.valueOf(truth)
                        : "null";
            case 'd' -> based(integer(value, argument), 10, precision, flags, "");
            case 'x' -> based(integer(value, argument), 16, precision, flags, "0x");
            case 'X' ->
                based(integer(value, argument), 16, precision, flags, "0x").toUpperCase(Locale.ROOT);
            case 'o' -> based(integer(value, argument), 8, precision, flags, "0");
            case 'b' -> based(integer(value, argument), 2, precision, flags, "0b");
            case 'e', 'f', 'g' -> signed(flags, DecimalText.of(number(value, argument), letter, precision));
            case 'E', 'G' ->
                signed(
                        flags,
                        DecimalText.of(number(value, argument), Character.toLowerCase(letter), precision)
                                .toUpperCase(Locale.ROOT));
            default -> throw new FunctionException(0, "unrecognized format verb \"" + letter + "\"");
        };
        boolean numeric = "dxXobeEfgG".indexOf(letter) >= 0 || (letter == 'v' && value instanceof Value.NumberValue);
        // A number of digits that is given leaves no zeros to fill up with.
        boolean digits = "dxXob".indexOf(letter) >= 0 && precision >= 0;
        return letter == 't' ? body : pad(body, width, digits ? flags.replace("0", "") : flags, numeric);
    }

    private static int small(@Nullable String digits, int missing) {
        if (digits == null) {
            return missing;
        }
        int number = digits.length() > 6 ? WIDEST + 1 : Integer.parseInt(digits);
        if (number > WIDEST) {
            throw new FunctionException(0, "width and precision may be at most " + WIDEST);
        }
        return number;
    }

    /// As it is: of the flags and numbers of the verb only the width counts.
    private static String plain(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> text;
            case Value.NumberValue(var number) -> DecimalText.of(number, 'g', -1);
            default -> ValueJson.write(value);
        };
    }

    private static Value convert(Value value, Type type, int argument) {
        if (value instanceof Value.NullValue) {
            throw new FunctionException(argument, "unsupported value for the verb: null value cannot be formatted");
        }
        return switch (Conversion.of(value, type)) {
            case Conversion.Done(Value converted, var ignored) -> converted;
            case Conversion.Refused refused ->
                throw new FunctionException(argument, "unsupported value for the verb: " + refused.message());
        };
    }

    private static String text(Value value, int argument) {
        return convert(value, Type.STRING, argument) instanceof Value.StringValue(String text) ? text : "";
    }

    private static BigDecimal number(Value value, int argument) {
        return convert(value, Type.NUMBER, argument) instanceof Value.NumberValue(var number)
                ? number
                : BigDecimal.ZERO;
    }

    private static BigInteger integer(Value value, int argument) {
        try {
            return number(value, argument).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new FunctionException(argument, "unsupported value for the verb: a whole number is required");
        }
    }

    /// @param precision the fewest digits, filled up with zeros; with 0 the number 0 has none
    private static String based(BigInteger number, int base, int precision, String flags, String prefix) {
        String plain =
                precision == 0 && number.signum() == 0 ? "" : number.abs().toString(base);
        String filled = "0".repeat(Math.max(0, precision - plain.length())) + plain;
        String digits = (flags.contains("#") ? prefix : "") + filled;
        return signed(flags, number.signum() < 0 ? "-" + digits : digits);
    }

    private static String signed(String flags, String number) {
        if (number.startsWith("-")) {
            return number;
        }
        return flags.contains("+") ? "+" + number : flags.contains(" ") ? " " + number : number;
    }

    /// A precision of 0 is as good as none, as in Terraform.
    private static String cut(String text, int precision) {
        List<String> characters = precision <= 0 ? List.of() : Graphemes.of(text);
        return characters.size() <= precision || precision <= 0
                ? text
                : String.join("", characters.subList(0, precision));
    }

    private static String pad(String body, int width, String flags, boolean numeric) {
        int missing = width == 0 ? 0 : width - Graphemes.of(body).size();
        if (missing <= 0) {
            return body;
        }
        if (flags.contains("-")) {
            return body + " ".repeat(missing);
        }
        if (flags.contains("0")) {
            boolean sign = numeric && !body.isEmpty() && "+- ".indexOf(body.charAt(0)) >= 0;
            return sign ? body.charAt(0) + "0".repeat(missing) + body.substring(1) : "0".repeat(missing) + body;
        }
        return " ".repeat(missing) + body;
    }
}
