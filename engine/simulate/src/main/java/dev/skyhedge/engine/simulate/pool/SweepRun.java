package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.simulate.sweep.LearningCurve;
import dev.skyhedge.engine.sweep.Decision;
import dev.skyhedge.engine.sweep.RandomSearch;
import dev.skyhedge.engine.sweep.Report;
import dev.skyhedge.engine.sweep.Scaling;
import dev.skyhedge.engine.sweep.Start;
import dev.skyhedge.engine.sweep.SweepSettings;
import dev.skyhedge.engine.sweep.TrialScheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One sweep whose trials all go to their end, each on one atom, while the number of atoms changes:
/// the trial that began last gives way, and keeps what it has done if it has the time for a
/// checkpoint. Each start takes its time.
final class SweepRun {
    private final TrialScheduler scheduler;
    private final double setupSeconds;
    private final boolean checkpoints;
    private final SequencedMap<String, Trial> waiting = new LinkedHashMap<>();
    /// In the order of their starts.
    private final List<Trial> running = new ArrayList<>();

    private static final class Trial {
        private final LearningCurve curve;
        private int iterations;
        /// Until its next report, its setup included.
        private double seconds;
        /// Of the iteration that it is in, what a checkpoint holds.
        private double done;

        Trial(LearningCurve curve) {
            this.curve = curve;
        }

        int left() {
            return curve.values().size() - iterations;
        }
    }

    SweepRun(List<LearningCurve> curves, double deadlineSeconds, double setupSeconds, boolean checkpoints) {
        this.setupSeconds = setupSeconds;
        this.checkpoints = checkpoints;
        curves.forEach(curve -> waiting.put(curve.trial(), new Trial(curve)));
        int most =
                curves.stream().mapToInt(curve -> curve.values().size()).max().orElse(1);
        var settings = SweepSettings.published(
                Math.max(1, curves.size()), deadlineSeconds, 1, most, List.of(1), new Scaling(Map.of()));
        scheduler = new RandomSearch(settings, List.copyOf(waiting.keySet()));
    }

    boolean isDone() {
        return waiting.isEmpty() && running.isEmpty();
    }

    /// Trials that are not at their end.
    int trials() {
        return waiting.size() + running.size();
    }

    /// What is left to do, in seconds on one atom, when nothing is lost any more.
    double secondsLeft() {
        double begun = running.stream()
                .mapToDouble(trial -> trial.seconds + (trial.left() - 1) * trial.curve.iterationSeconds())
                .sum();
        return begun + waiting.values().stream().mapToDouble(this::seconds).sum();
    }

    /// The same of the trial that has the most left.
    double longest() {
        return Math.max(
                running.stream().mapToDouble(this::seconds).max().orElse(0),
                waiting.values().stream().mapToDouble(this::seconds).max().orElse(0));
    }

    private double seconds(Trial trial) {
        return setupSeconds + trial.left() * trial.curve.iterationSeconds() - trial.done;
    }

    /// Works for so many seconds on so many atoms.
    void work(double now, double seconds, int atoms) {
        while (running.size() > atoms) {
            Trial newest = running.removeLast();
            double iteration = newest.curve.iterationSeconds();
            newest.done = checkpoints ? Math.clamp(iteration - newest.seconds, newest.done, iteration) : 0;
            scheduler.onPreempted(newest.curve.trial());
            waiting.putFirst(newest.curve.trial(), newest);
        }
        fill(now, atoms);
        for (Trial trial : List.copyOf(running)) {
            trial.seconds -= seconds;
            while (trial.seconds <= 0 && running.contains(trial)) {
                report(trial, now + seconds, atoms);
            }
        }
    }

    private void fill(double now, int atoms) {
        Optional<Start> start = scheduler.next(now, atoms - running.size());
        while (start.isPresent()) {
            Trial trial =
                    Optional.ofNullable(waiting.remove(start.get().trial())).orElseThrow();
            trial.seconds = setupSeconds + trial.curve.iterationSeconds() - trial.done;
            running.add(trial);
            start = scheduler.next(now, atoms - running.size());
        }
    }

    private void report(Trial trial, double now, int atoms) {
        double value = trial.curve.values().get(trial.iterations);
        trial.iterations++;
        trial.done = 0;
        double seconds = trial.curve.iterationSeconds();
        var report = new Report(trial.curve.trial(), trial.iterations, value, seconds, trial.left() == 0);
        switch (scheduler.onReport(report, now, atoms - running.size())) {
            case Decision.Continue _ -> trial.seconds += seconds;
            case Decision.Stop _ -> running.remove(trial);
            case Decision.Pause _, Decision.Resize _ ->
                throw new IllegalStateException("a trial is cut where nothing is: " + report);
        }
    }
}
