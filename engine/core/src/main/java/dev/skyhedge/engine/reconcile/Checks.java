package dev.skyhedge.engine.reconcile;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.state.records.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the `check` blocks of a watched spec say, as one event whenever it changes: the newest tells all of them.
public final class Checks {
    static final String EVENT = "checks";
    private static final int MOST_MESSAGE = 200;

    private Checks() {}

    /// Whether the event tells of checks.
    public static boolean isOf(Event event) {
        return event.kind().equals(EVENT);
    }

    /// A line for each: `check.latency fail: What it says.`
    static String text(List<CheckResult> checks) {
        List<String> lines = new ArrayList<>();
        for (CheckResult check : checks) {
            String message = String.join(" ", check.messages()).replaceAll("\\s+", " ");
            String shown = message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) + "…" : message;
            lines.add(check.address() + " " + check.status().name().toLowerCase(Locale.ROOT)
                    + (shown.isEmpty() ? "" : ": " + shown));
        }
        return String.join("\n", lines);
    }

    /// The checks as they were found last, read back; empty if none were.
    ///
    /// @param events newest first
    public static List<CheckResult> latest(List<Event> events) {
        return events.stream()
                .filter(Checks::isOf)
                .findFirst()
                .map(event -> event.message()
                        .lines()
                        .flatMap(line -> read(line).stream())
                        .toList())
                .orElse(List.of());
    }

    private static Optional<CheckResult> read(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        int colon = line.indexOf(": ", space);
        String word = line.substring(space + 1, colon < 0 ? line.length() : colon);
        for (CheckResult.Status status : CheckResult.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                List<String> messages = colon < 0 ? List.of() : List.of(line.substring(colon + 2));
                return Optional.of(new CheckResult(line.substring(0, space), status, messages));
            }
        }
        return Optional.empty();
    }
}
