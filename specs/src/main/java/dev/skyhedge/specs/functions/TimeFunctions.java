package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.TIME;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Functions of points in time, which are strings in the format of RFC 3339.
final class TimeFunctions {
    private static final Pattern TIMESTAMP = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})");
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final int LONGEST_DURATION = 100;
    private static final int LAST_YEAR = 9999;
    private static final Pattern DURATION_PART =
            Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "µs", BigDecimal.valueOf(1_000),
            "μs", BigDecimal.valueOf(1_000),
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));

    static final List<FunctionDefinition> ALL = List.of(
            function(TIME, "formatdate")
                    .takes("pattern", Type.STRING)
                    .takes("time", Type.STRING)
                    .returns(Type.STRING)
                    .does("The time as the pattern says: `YYYY YY` year, `MMMM MMM MM M` month, `DD D` day, `EEEE EEE`"
                            + " weekday, `hh h` hour of 24, `HH H` of 12, `AA aa` AM or PM, `mm m` minute, `ss s` second,"
                            + " `ZZZZZ ZZZZ ZZZ Z` offset; other letters stand between single quotes.")
                    .example("formatdate(\"DD MMM YYYY hh:mm\", \"2026-11-02T23:12:01Z\")", "\"02 Nov 2026 23:12\"")
                    .example("formatdate(\"h'h'm\", \"2026-11-02T09:05:01Z\")", "\"9h5\"")
                    .as(arguments -> Value.of(new DatePattern(arguments.text(0)).format(time(arguments, 1)))),
            function(TIME, "plantimestamp")
                    .returns(Type.STRING)
                    .does("The time of the plan: the same in every call, and in every run on the same World.")
                    .as(TimeFunctions::planTime),
            function(TIME, "timeadd")
                    .takes("time", Type.STRING)
                    .takes("duration", Type.STRING)
                    .returns(Type.STRING)
                    .does("The time after the duration, such as `1h30m` or `-500ms`.")
                    .example("timeadd(\"2026-11-22T00:00:00Z\", \"10m\")", "\"2026-11-22T00:10:00Z\"")
                    .as(TimeFunctions::add),
            function(TIME, "timecmp")
                    .takes("a", Type.STRING)
                    .takes("b", Type.STRING)
                    .returns(Type.NUMBER)
                    .does("-1, 0 or 1, as the first time is before, at or after the second.")
                    .example("timecmp(\"2026-11-22T01:00:00Z\", \"2026-11-22T02:00:00+01:00\")", "0")
                    .as(arguments -> Value.of(Integer.signum(time(arguments, 0)
                            .toInstant()
                            .compareTo(time(arguments, 1).toInstant())))));

    private TimeFunctions() {}

    private static Value planTime(Arguments arguments) {
        return arguments
                .surroundings()
                .plannedAt()
                .get()
                .map(instant -> Value.of(RFC_3339.format(instant.atOffset(ZoneOffset.UTC))))
                .orElse(new Value.UnknownValue(Type.STRING));
    }

    private static Value add(Arguments arguments) {
        try {
            OffsetDateTime sum = time(arguments, 0).plus(duration(arguments.text(1)));
            if (sum.getYear() < 0 || sum.getYear() > LAST_YEAR) {
                throw new FunctionException(1, "the result is out of range");
            }
            return Value.of(RFC_3339.format(sum));
        } catch (DateTimeException | ArithmeticException e) {
            throw new FunctionException(1, "the result is out of range");
        }
    }

    private static OffsetDateTime time(Arguments arguments, int index) {
        String text = arguments.text(index);
        if (TIMESTAMP.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text);
            } catch (DateTimeParseException e) {
                throw new FunctionException(index, "\"" + text + "\" is not a valid time: " + e.getMessage());
            }
        }
        throw new FunctionException(index, "\"" + text + "\" is not a time such as 2026-11-22T10:00:00Z");
    }

    /// A duration as Go writes it: signed numbers with units.
    private static Duration duration(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String rest = signed ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = DURATION_PART.matcher(rest);
        int from = 0;
        while (rest.length() < LONGEST_DURATION && part.find() && part.start() == from) {
            String number = part.group(1).endsWith(".") ? part.group(1) + "0" : part.group(1);
            nanos = nanos.add(new BigDecimal(number).multiply(NANOS.getOrDefault(part.group(2), BigDecimal.ZERO)));
            from = part.end();
        }
        if (from < rest.length() || rest.isEmpty() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new FunctionException(1, "\"" + text + "\" is not a duration such as 1h30m or -500ms");
        }
        Duration duration =
                Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
        return text.startsWith("-") ? duration.negated() : duration;
    }
}
