package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a YAML scalar means. Bools have the many spellings of YAML 1.1, times become strings of RFC 3339, and
/// numbers are decimal, or hexadecimal and octal without a sign.
final class YamlScalars {
    private static final int LONGEST_NUMBER = 1000;
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");
    private static final Pattern TIME = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))"
            + "|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:\\.[0-9]+)?))?");
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private YamlScalars() {}

    /// @param tag the last part of the tag, or `implicit`
    static Value value(String text, String tag) {
        return switch (tag) {
            case "implicit" -> implicit(text);
            case "str", "binary" -> Value.of(text);
            case "null" -> Value.nothing();
            case "bool" -> bool(text).orElseThrow(() -> wrong(text, tag));
            case "int", "float" -> number(text).orElseThrow(() -> wrong(text, tag));
            case "timestamp" -> time(text).orElseThrow(() -> wrong(text, tag));
            default -> throw new FunctionException(0, "unsupported tag " + tag);
        };
    }

    private static FunctionException wrong(String text, String tag) {
        return new FunctionException(0, "\"" + text + "\" is not a value of the tag " + tag);
    }

    private static Value implicit(String text) {
        if (INFINITE.matcher(text).matches()) {
            throw new FunctionException(0, "the number " + text + " is not finite");
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Value.nothing();
            default -> bool(text).or(() -> number(text)).or(() -> time(text)).orElse(Value.of(text));
        };
    }

    private static Optional<Value> bool(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "y", "Y", "on", "On", "ON" -> Optional.of(Value.of(true));
            case "false", "False", "FALSE", "no", "No", "NO", "n", "N", "off", "Off", "OFF" ->
                Optional.of(Value.of(false));
            default -> Optional.empty();
        };
    }

    private static Optional<Value> number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(Value.of(new BigDecimal(new BigInteger(text.substring(2), 16))));
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(Value.of(new BigDecimal(new BigInteger(text.substring(2), 8))));
        }
        return DECIMAL.matcher(text).matches()
                ? Optional.of(new BigDecimal(text)).filter(NumberText::fits).map(Value::of)
                : Optional.empty();
    }

    private static Optional<Value> time(String text) {
        Matcher time = TIME.matcher(text);
        if (text.length() > 40 || !time.matches()) {
            return Optional.empty();
        }
        int clock = time.group(4) != null ? 4 : 8;
        String offset = time.group(7) == null ? "Z" : time.group(7);
        try {
            LocalDateTime local = LocalDateTime.of(
                    part(time, 1),
                    part(time, 2),
                    part(time, 3),
                    part(time, clock),
                    part(time, clock + 1),
                    part(time, clock + 2));
            return Optional.of(Value.of(RFC_3339.format(local.atOffset(ZoneOffset.of(offset)))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int part(Matcher time, int group) {
        String digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
