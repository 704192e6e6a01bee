package dev.skyhedge.specs.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as text, read and written: `20m`, `1h30m10s`, `1.5s`, `500ms`. Specs, options, plans, states and JSON have
/// the same form.
public final class Durations {
    private static final Pattern PART = Pattern.compile("\\G([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final int LONGEST_TEXT = 80;
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private static final long NANOS_OF_SECOND = 1_000_000_000L;
    /// From large to small, those below a second.
    private static final List<String> SMALL_UNITS = List.of("ms", "us");

    private Durations() {}

    /// Reads a duration; empty if the text is none, or one of more than 292 years.
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find()) {
            nanos = nanos.add(
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L))));
            end = part.end();
        }
        boolean whole = end == text.length() && nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return whole ? Optional.of(Duration.ofNanos(nanos.longValue())) : Optional.empty();
    }

    /// Writes a duration so that [#parse] reads the same one: `10m`, `1h30m`, `1m1.5s`, `250ms`, `0s`.
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.getSeconds() == 0 && duration.getNano() > 0) {
            return belowASecond(duration.getNano());
        }
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        BigDecimal seconds = BigDecimal.valueOf(duration.toSecondsPart() * NANOS_OF_SECOND + duration.getNano(), 9)
                .stripTrailingZeros();
        String text = (hours > 0 ? hours + "h" : "")
                + (minutes > 0 ? minutes + "m" : "")
                + (seconds.signum() > 0 ? seconds.toPlainString() + "s" : "");
        return text.isEmpty() ? "0s" : text;
    }

    private static String belowASecond(int nanos) {
        for (String unit : SMALL_UNITS) {
            long size = NANOS.getOrDefault(unit, 1L);
            if (nanos >= size) {
                return BigDecimal.valueOf(nanos)
                                .divide(BigDecimal.valueOf(size))
                                .stripTrailingZeros()
                                .toPlainString()
                        + unit;
            }
        }
        return nanos + "ns";
    }
}
