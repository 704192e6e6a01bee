package dev.skyhedge.engine.sweeping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.skyhedge.specs.SweepSpec;
import java.util.Optional;
import java.util.OptionalDouble;

/// A line in which a trial reports.
///
/// @param iteration from 1; 0 in a line that only names a checkpoint
/// @param value of the metric; NaN if it is no number
/// @param seconds that the iteration took, if the trial says so
/// @param checkpoint that the trial can go on from
/// @param last whether the trial has ended with it
record ReportLine(int iteration, double value, OptionalDouble seconds, Optional<String> checkpoint, boolean last) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Longer lines are no reports.
    private static final int LONGEST = 8192;
    /// Longer names of checkpoints are none; the state keeps two of each trial.
    private static final int LONGEST_PATH = 1024;

    /// What a line reports; empty for any other line.
    static Optional<ReportLine> of(String line, SweepSpec sweep) {
        if (line.length() > LONGEST) {
            return Optional.empty();
        }
        return sweep.rules()
                .report()
                .map(expression -> matched(line, Pattern.compile(expression)))
                .orElseGet(() -> json(line, sweep.metric().name()));
    }

    private static Optional<ReportLine> json(String line, String metric) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
        Optional<String> checkpoint =
                Optional.of(node.path("checkpoint").asText("")).filter(ReportLine::isPath);
        JsonNode iteration = node.path("iteration");
        if (!iteration.canConvertToInt() || iteration.asInt() < 1) {
            return checkpoint.map(_ -> new ReportLine(0, Double.NaN, OptionalDouble.empty(), checkpoint, false));
        }
        JsonNode seconds = node.path("iteration_s");
        return Optional.of(new ReportLine(
                iteration.asInt(),
                node.path("metrics").path(metric).asDouble(Double.NaN),
                isTime(seconds) ? OptionalDouble.of(seconds.asDouble()) : OptionalDouble.empty(),
                checkpoint,
                node.path("done").asBoolean(false)));
    }

    /// Whether the next machine can be told this in its environment, and a person on a terminal.
    private static boolean isPath(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_PATH && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isTime(JsonNode seconds) {
        return seconds.isNumber() && Double.isFinite(seconds.asDouble()) && seconds.asDouble() >= 0;
    }

    /// By RE2, whose time grows with the line whatever the expression: it is asked within a step.
    private static Optional<ReportLine> matched(String line, Pattern pattern) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            int iteration = Integer.parseInt(matcher.group("iteration"));
            boolean names = pattern.namedGroups().containsKey("checkpoint");
            return iteration < 1
                    ? Optional.empty()
                    : Optional.of(new ReportLine(
                            iteration,
                            number(matcher.group("value")),
                            OptionalDouble.empty(),
                            (names ? Optional.ofNullable(matcher.group("checkpoint")) : Optional.<String>empty())
                                    .filter(ReportLine::isPath),
                            false));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
