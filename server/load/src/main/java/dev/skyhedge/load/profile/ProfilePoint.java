package dev.skyhedge.load.profile;

import dev.skyhedge.load.LoadReport;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a replica did at one rate, for requests of one size.
///
/// @param inputTokens of each prompt, about
/// @param outputTokens of each answer
/// @param offered requests per second that it was sent, above 0
/// @param completed requests per second that it answered
/// @param sent requests
/// @param failed those of them that were not answered as they should
/// @param p50 of the time from when a request was due to its last byte
/// @param p90 of the same
/// @param p99 of the same
public record ProfilePoint(
        int inputTokens,
        int outputTokens,
        double offered,
        double completed,
        long sent,
        long failed,
        Duration p50,
        Duration p90,
        Duration p99) {
    public static final String HEADER =
            "input_tokens,output_tokens,offered_per_s,completed_per_s,sent,failed,p50_ms,p90_ms,p99_ms";

    static ProfilePoint of(ProfileSettings.Size size, double offered, LoadReport report) {
        return new ProfilePoint(
                size.inputTokens(),
                size.outputTokens(),
                offered,
                report.rate(),
                report.sent(),
                report.failed() + report.unfinished(),
                report.latency().p50(),
                report.latency().p90(),
                report.latency().p99());
    }

    /// Whether nine in ten requests were answered in time, and all of them were.
    boolean isWithin(Duration limit) {
        return sent > 0 && failed == 0 && p90.compareTo(limit) <= 0;
    }

    /// A line under [#HEADER].
    String csv() {
        return String.join(
                ",",
                Integer.toString(inputTokens),
                Integer.toString(outputTokens),
                number(offered),
                number(completed),
                Long.toString(sent),
                Long.toString(failed),
                millis(p50),
                millis(p90),
                millis(p99));
    }

    /// All of these under their header, with a line feed at the end.
    public static String csv(List<ProfilePoint> points) {
        return HEADER + "\n" + points.stream().map(point -> point.csv() + "\n").collect(Collectors.joining());
    }

    /// A line for people.
    public String text() {
        return String.format(
                Locale.ROOT,
                "%6d in %5d out  %8s/s offered  %8s/s answered  p50 %s ms  p90 %s ms  p99 %s ms%s",
                inputTokens,
                outputTokens,
                number(offered),
                number(completed),
                millis(p50),
                millis(p90),
                millis(p99),
                failed == 0 ? "" : "  " + failed + " failed");
    }

    private static String millis(Duration time) {
        return number(time.toNanos() / 1e6);
    }

    /// With four digits, as nobody measures more.
    static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
