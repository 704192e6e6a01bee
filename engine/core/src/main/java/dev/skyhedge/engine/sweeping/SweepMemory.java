package dev.skyhedge.engine.sweeping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a sweep remembers between decisions, in the state.
///
/// @param news all that its scheduler was told, in order
/// @param trials by number; one without an entry was never begun
record SweepMemory(List<News> news, SortedMap<Integer, TrialMemory> trials) {
    static final SweepMemory NONE = new SweepMemory(List.of(), new TreeMap<>());
    private static final ObjectMapper JSON = new ObjectMapper();

    SweepMemory {
        news = List.copyOf(news);
        trials = Collections.unmodifiableSortedMap(new TreeMap<>(trials));
    }

    TrialMemory trial(int number) {
        return trials.getOrDefault(number, TrialMemory.NONE);
    }

    /// The trial with the best value of all, the first one of several; empty before any is known.
    Optional<Integer> best(boolean maximize) {
        return trials.keySet().stream()
                .filter(number -> trial(number).progress().best().isPresent())
                .max(Comparator.comparingDouble(
                        number -> trial(number).progress().best().orElse(0) * (maximize ? 1 : -1)));
    }

    /// What a trial reported last since it was last started.
    Optional<News.Reported> lastReport(int number) {
        return news.reversed().stream()
                .filter(one -> one.trial() == number)
                .filter(one -> one instanceof News.Started || one instanceof News.Reported)
                .findFirst()
                .flatMap(one -> one instanceof News.Reported report ? Optional.of(report) : Optional.empty());
    }

    /// With more that happened.
    SweepMemory with(List<News> more) {
        List<News> all = new ArrayList<>(news);
        all.addAll(more);
        return new SweepMemory(all, trials);
    }

    /// With that of a trial.
    SweepMemory with(int number, TrialMemory trial) {
        SortedMap<Integer, TrialMemory> others = new TreeMap<>(trials);
        others.put(number, trial);
        return new SweepMemory(news, others);
    }

    String text() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode all = root.putObject("trials");
        trials.forEach((number, trial) -> write(trial, all.putObject(Integer.toString(number))));
        StringBuilder lines = new StringBuilder();
        news.forEach(one -> lines.append(one.line()).append('\n'));
        return root.put("news", lines.toString()).toString();
    }

    private static void write(TrialMemory trial, ObjectNode node) {
        node.put("generation", trial.log().generation())
                .put("offset", trial.log().offset())
                .put("complete", trial.log().complete())
                .put("settled", trial.settled())
                .put("failures", trial.failures())
                .put("iteration", trial.progress().iteration())
                .put("heard_at_millis", trial.progress().heardAt())
                .put("best_iteration", trial.progress().bestIteration());
        trial.progress().value().ifPresent(value -> node.put("value", value));
        trial.progress().best().ifPresent(best -> node.put("best", best));
        trial.progress().bestCheckpoint().ifPresent(path -> node.put("best_checkpoint", path));
        trial.progress().checkpoint().ifPresent(path -> node.put("checkpoint", path));
    }

    /// What was remembered; nothing of an empty text.
    ///
    /// @throws IllegalArgumentException if it is no memory of a sweep
    static SweepMemory of(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            JsonNode root = JSON.readTree(text);
            SortedMap<Integer, TrialMemory> trials = new TreeMap<>();
            root.path("trials")
                    .properties()
                    .forEach(entry -> trials.put(Integer.valueOf(entry.getKey()), read(entry.getValue())));
            return new SweepMemory(
                    root.path("news").asText().lines().map(News::of).toList(), trials);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the memory of a sweep", e);
        }
    }

    private static TrialMemory read(JsonNode node) {
        return new TrialMemory(
                new TrialMemory.Log(
                        node.path("generation").asInt(),
                        node.path("offset").asLong(),
                        node.path("complete").asBoolean()),
                node.path("settled").asInt(),
                node.path("failures").asInt(),
                new TrialMemory.Progress(
                        node.path("iteration").asInt(),
                        node.path("heard_at_millis").asLong(),
                        number(node.path("value")),
                        number(node.path("best")),
                        node.path("best_iteration").asInt(),
                        text(node.path("best_checkpoint")),
                        text(node.path("checkpoint"))));
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
