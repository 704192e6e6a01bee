package dev.skyhedge.load;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What came of a run.
///
/// @param elapsed from the start to the last answer
/// @param sent requests that left
/// @param succeeded answers with a status of 2xx, complete to the last byte
/// @param hungUp requests whose client went away in the middle of the answer, as asked; neither good nor bad
/// @param errors number of failed requests by kind, sorted: `status_503`, `connect` (no connection), `timeout`,
///     `cut` (the connection ended before the answer did), `not_sent` (too many in flight), `other`
/// @param unfinished requests without an answer when the run was stopped; neither good nor bad
/// @param latency of the successes
public record LoadReport(
        Duration elapsed,
        long sent,
        long succeeded,
        long hungUp,
        SequencedMap<String, Long> errors,
        long unfinished,
        LatencySummary latency) {
    public LoadReport {
        errors = Collections.unmodifiableSequencedMap(new TreeMap<>(errors));
    }

    /// Failed requests of all kinds.
    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Successes per second.
    public double rate() {
        return elapsed.isZero() ? 0 : succeeded / (elapsed.toNanos() / 1e9);
    }

    /// 0 if every request succeeded, otherwise 1.
    public int exitCode() {
        return failed() == 0 ? 0 : 1;
    }

    /// A few lines for a person.
    public String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "requests",
                sent + " sent, " + succeeded + " succeeded, " + failed() + " failed"
                        + (hungUp == 0 ? "" : ", " + hungUp + " hung up")
                        + (unfinished == 0 ? "" : ", " + unfinished + " unfinished"));
        errors.forEach((kind, count) -> line(text, "  " + kind, Long.toString(count)));
        line(text, "rate", String.format(Locale.ROOT, "%.1f/s over %.1f s", rate(), elapsed.toMillis() / 1e3));
        line(
                text,
                "latency",
                "p50 " + millis(latency.p50()) + "  p90 " + millis(latency.p90()) + "  p99 " + millis(latency.p99())
                        + "  max " + millis(latency.max()));
        return text.toString();
    }

    /// The report as nested maps of numbers, in a fixed order, for any writer of JSON.
    public SequencedMap<String, Object> values() {
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        values.put("elapsed_seconds", elapsed.toMillis() / 1e3);
        values.put("sent", sent);
        values.put("succeeded", succeeded);
        values.put("failed", failed());
        values.put("hung_up", hungUp);
        values.put("unfinished", unfinished);
        values.put("errors", errors);
        values.put("rate_per_second", rate());
        SequencedMap<String, Object> millis = new LinkedHashMap<>();
        millis.put("p50", latency.p50().toNanos() / 1e6);
        millis.put("p90", latency.p90().toNanos() / 1e6);
        millis.put("p99", latency.p99().toNanos() / 1e6);
        millis.put("max", latency.max().toNanos() / 1e6);
        values.put("latency_millis", millis);
        return values;
    }

    static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format(Locale.ROOT, "%-14s %s%n", label, value));
    }
}
