package dev.skyhedge.console.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A strict reader of the text format 0.0.4: it throws at whatever a scraper might read otherwise.
public final class PrometheusText {
    private static final Pattern HELP =
            Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\\]|\\\\\\\\|\\\\n)+)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9]+(?:\\.[0-9]+(?:E-?[0-9]+)?)?|\\+Inf|NaN)");
    private static final Pattern LABEL =
            Pattern.compile("\\G(?:^|,)([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Set<String> helped = new HashSet<>();
    private String family = "";

    private PrometheusText() {}

    public static PrometheusText parse(String text) {
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IllegalArgumentException("The last line does not end");
        }
        var parsed = new PrometheusText();
        for (String line : text.lines().toList()) {
            parsed.line(line);
        }
        parsed.checkHistograms();
        return parsed;
    }

    /// By family name.
    public Map<String, String> types() {
        return types;
    }

    /// The value of a series.
    ///
    /// @param series name and labels, the labels sorted by name, such as `a_total{x="1",y="2"}`
    public double value(String series) {
        Double value = samples.get(series);
        if (value == null) {
            throw new AssertionError("No series " + series + " among " + samples.keySet());
        }
        return value;
    }

    public Set<String> series() {
        return samples.keySet();
    }

    private void line(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            require(helped.add(help.group(1)), "A second HELP", line);
        } else if (type.matches()) {
            family = type.group(1);
            require(helped.contains(family), "TYPE before HELP", line);
            require(types.put(family, type.group(2)) == null, "A second TYPE", line);
        } else {
            require(sample.matches(), "Neither comment nor sample", line);
            sample(sample, line);
        }
    }

    private void sample(Matcher sample, String line) {
        String name = sample.group(1);
        Map<String, String> labels = labels(sample.group(2), line);
        String type = types.getOrDefault(family, "");
        boolean suffixed = List.of("_bucket", "_sum", "_count").contains(name.substring(family.length()));
        require(name.startsWith(family), "A sample outside of its family", line);
        require(type.equals("histogram") ? suffixed : name.equals(family), "A sample of another family", line);
        require(!type.equals("counter") || name.endsWith("_total"), "A counter's name ends in _total", line);
        double value = sample.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(3));
        require(samples.put(name + labels(labels), value) == null, "A second sample of one series", line);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find()) {
            require(labels.put(label.group(1), label.group(2)) == null, "A label twice", line);
            end = label.end();
        }
        require(end == text.length() && end > 0, "Labels cannot be read", line);
        return labels;
    }

    private static String labels(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>();
        labels.forEach((name, value) -> pairs.add(name + "=\"" + value + "\""));
        return pairs.isEmpty() ? "" : "{" + String.join(",", pairs) + "}";
    }

    private void checkHistograms() {
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                double last = 0;
                double lastBound = Double.NEGATIVE_INFINITY;
                for (Map.Entry<String, Double> sample : samples.entrySet()) {
                    if (sample.getKey().startsWith(name + "_bucket{le=")) {
                        String le = sample.getKey().replaceAll(".*le=\"([^\"]*)\".*", "$1");
                        double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                        require(bound > lastBound && sample.getValue() >= last, "Buckets do not rise", name);
                        last = sample.getValue();
                        lastBound = bound;
                    }
                }
                require(lastBound == Double.POSITIVE_INFINITY, "No +Inf bucket", name);
                require(value(name + "_count") == last, "Count and +Inf differ", name);
                require(value(name + "_sum") >= 0, "A negative sum", name);
            }
        });
    }

    private static void require(boolean condition, String what, String line) {
        if (!condition) {
            throw new IllegalArgumentException(what + ": " + line);
        }
    }
}
