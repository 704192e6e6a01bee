package dev.skyhedge.cli.view;

import java.time.Duration;

/// How long ago or for how long, to the two largest units: `42s`, `3m5s`, `2h10m`, `3d4h`. What a spec may say is
/// written in full by [dev.skyhedge.specs.schema.Durations].
public final class Elapsed {
    private Elapsed() {}

    /// Such as `3m5s`; nothing is less than `0s`.
    public static String text(Duration duration) {
        Duration time = duration.isNegative() ? Duration.ZERO : duration;
        if (time.toDays() > 0) {
            return pair(time.toDays(), "d", time.toHoursPart(), "h");
        }
        if (time.toHours() > 0) {
            return pair(time.toHours(), "h", time.toMinutesPart(), "m");
        }
        return time.toMinutes() > 0 ? pair(time.toMinutes(), "m", time.toSecondsPart(), "s") : time.toSeconds() + "s";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
