package dev.skyhedge.console.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes metrics in the text format of Prometheus, version 0.0.4. All names begin with `skyhedge_`.
/// Not thread-safe.
public final class Exposition {
    /// What to answer as `Content-Type`.
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "skyhedge_";
    private static final Pattern COMMENT = Pattern.compile("# (?:HELP|TYPE) ([^ ]+).*");

    private final StringBuilder text = new StringBuilder();

    Exposition() {}

    /// One text from several: a family that is in more than one has its `HELP` and `TYPE` once, those of the
    /// first text, and all its samples together, as the format demands. The texts must not share series.
    public static String merge(List<String> texts) {
        if (texts.size() == 1) {
            return texts.getFirst();
        }
        Map<String, Family> families = new LinkedHashMap<>();
        for (String part : texts) {
            read(part, families);
        }
        var merged = new StringBuilder();
        for (Family family : families.values()) {
            family.header.values().forEach(line -> merged.append(line).append('\n'));
            family.samples.forEach(line -> merged.append(line).append('\n'));
        }
        return merged.toString();
    }

    private record Family(Map<String, String> header, List<String> samples) {
        static Family empty() {
            return new Family(new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    private static void read(String part, Map<String, Family> families) {
        String current = "";
        for (String line : part.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            if (comment.matches()) {
                current = comment.group(1);
                String keyword = line.substring(0, "# HELP".length());
                families.computeIfAbsent(current, _ -> Family.empty()).header.putIfAbsent(keyword, line);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                // A sample without a header of its own family stays where it was found.
                families.computeIfAbsent(current, _ -> Family.empty()).samples.add(line);
            }
        }
    }

    void gauge(String name, String help, Map<Labels, ? extends Number> values) {
        family(name, "gauge", help);
        values.forEach((labels, value) -> sample(name, labels, value.toString()));
    }

    void gauge(String name, String help, long value) {
        family(name, "gauge", help);
        sample(name, Labels.NONE, Long.toString(value));
    }

    /// @param name ends in `_total`
    void counter(String name, String help, Map<Labels, Long> values) {
        family(name, "counter", help);
        values.forEach((labels, value) -> sample(name, labels, value.toString()));
    }

    /// @param name ends in `_usd_total`
    /// @param microDollars written as USD
    void dollars(String name, String help, Map<Labels, Long> microDollars) {
        family(name, "counter", help);
        microDollars.forEach((labels, value) -> sample(name, labels, decimal(value, 6)));
    }

    /// @param name ends in `_seconds`
    void histogram(String name, String help, DurationHistogram histogram) {
        family(name, "histogram", help);
        for (int i = 0; i < histogram.bounds().size(); i++) {
            Duration bound = histogram.bounds().get(i);
            sample(name + "_bucket", Labels.of("le", seconds(bound.toNanos())), "" + histogram.countAtMost(i));
        }
        sample(name + "_bucket", Labels.of("le", "+Inf"), "" + histogram.count());
        sample(name + "_sum", Labels.NONE, seconds(histogram.sumNanos()));
        sample(name + "_count", Labels.NONE, "" + histogram.count());
    }

    private void family(String name, String type, String help) {
        String escaped = help.replace("\\", "\\\\").replace("\n", "\\n");
        text.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(escaped)
                .append('\n');
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void sample(String name, Labels labels, String value) {
        text.append(PREFIX)
                .append(name)
                .append(labels.inBraces())
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static String seconds(long nanos) {
        return decimal(nanos, 9);
    }

    /// Never in exponent form, and with at least one decimal, so that every parser sees the same number.
    private static String decimal(long unscaled, int scale) {
        BigDecimal value = BigDecimal.valueOf(unscaled, scale).stripTrailingZeros();
        return (value.scale() < 1 ? value.setScale(1) : value).toPlainString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
