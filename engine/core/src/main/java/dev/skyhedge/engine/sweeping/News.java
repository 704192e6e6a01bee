package dev.skyhedge.engine.sweeping;

import java.util.Locale;

/// Something that a sweep's scheduler was told, or said. All of it in order makes the same scheduler again.
sealed interface News {
    /// When, in milliseconds since the sweep began.
    long at();

    /// Which trial, from 1.
    int trial();

    /// The scheduler had it started.
    record Started(long at, int trial) implements News {}

    /// It reported.
    ///
    /// @param value as it was reported; NaN for anything that is no number
    /// @param seconds that the iteration took
    /// @param last whether it says that it has ended
    record Reported(long at, int trial, int iteration, double value, double seconds, boolean last) implements News {}

    /// Its machine is gone, and it is to go on.
    record Interrupted(long at, int trial) implements News {}

    /// It is given up.
    record Failed(long at, int trial) implements News {}

    /// One line.
    default String line() {
        String rest = switch (this) {
            case Started _ -> "start";
            case Reported report ->
                String.format(
                        Locale.ROOT,
                        "report %d %s %s%s",
                        report.iteration(),
                        report.value(),
                        report.seconds(),
                        report.last() ? " last" : "");
            case Interrupted _ -> "interrupt";
            case Failed _ -> "fail";
        };
        return at() + " " + trial() + " " + rest;
    }

    /// What a line says.
    ///
    /// @throws IllegalArgumentException if it is not one of these
    static News of(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 3) {
            throw new IllegalArgumentException("Not news of a sweep: " + line);
        }
        long at = Long.parseLong(words[0]);
        int trial = Integer.parseInt(words[1]);
        return switch (words[2]) {
            case "start" -> new Started(at, trial);
            case "report" ->
                new Reported(
                        at,
                        trial,
                        Integer.parseInt(words[3]),
                        Double.parseDouble(words[4]),
                        Double.parseDouble(words[5]),
                        words.length > 6);
            case "interrupt" -> new Interrupted(at, trial);
            case "fail" -> new Failed(at, trial);
            default -> throw new IllegalArgumentException("Not news of a sweep: " + line);
        };
    }
}
