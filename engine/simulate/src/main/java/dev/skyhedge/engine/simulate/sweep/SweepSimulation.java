package dev.skyhedge.engine.simulate.sweep;

import dev.skyhedge.engine.simulate.sweep.SweepOutcome.Best;
import dev.skyhedge.engine.simulate.sweep.SweepOutcome.Event;
import dev.skyhedge.engine.simulate.sweep.SweepOutcome.Kind;
import dev.skyhedge.engine.sweep.Decision;
import dev.skyhedge.engine.sweep.Report;
import dev.skyhedge.engine.sweep.Start;
import dev.skyhedge.engine.sweep.SweepSettings;
import dev.skyhedge.engine.sweep.TrialScheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Runs a scheduler against learning curves on a virtual clock: a start takes its time, an iteration what it takes on
/// one atom divided by the throughput of its atoms, and everything ends at the deadline. Machines may be taken back:
/// the trial on them loses the iteration that it was in. Pure; used once.
public final class SweepSimulation {
    private final TrialScheduler scheduler;
    private final SweepSettings settings;
    private final double setupSeconds;
    private final Map<String, Progress> trials = new HashMap<>();
    private final PriorityQueue<Moment> moments =
            new PriorityQueue<>(Comparator.comparingDouble(Moment::at).thenComparing(Moment::order));
    private final List<Event> events = new ArrayList<>();
    private Optional<Best> best = Optional.empty();
    private int free;
    private int started;
    private long order;
    private double now;

    /// Where a trial is.
    private static final class Progress {
        final LearningCurve curve;
        int iteration;
        int atoms;
        boolean begun;
        /// The moment that counts; others of this trial are of a run that was cut short.
        long expected = -1;

        Progress(LearningCurve curve) {
            this.curve = curve;
        }
    }

    /// Something that is going to happen.
    ///
    /// @param preempts whether the machine is taken back then, rather than an iteration done
    private record Moment(double at, long order, String trial, boolean preempts) {}

    /// @param scheduler that has been given the trials of these curves
    /// @param setupSeconds what each start takes
    public SweepSimulation(
            TrialScheduler scheduler, SweepSettings settings, double setupSeconds, Collection<LearningCurve> curves) {
        this.scheduler = scheduler;
        this.settings = settings;
        this.setupSeconds = setupSeconds;
        this.free = settings.atoms();
        curves.forEach(curve -> trials.put(curve.trial(), new Progress(curve)));
    }

    /// Takes back, at that time, whatever the trial runs on then.
    public SweepSimulation preempting(String trial, double at) {
        moments.add(new Moment(at, order++, trial, true));
        return this;
    }

    /// Runs to the deadline.
    public SweepOutcome run() {
        fill();
        while (!moments.isEmpty() && moments.peek().at() <= settings.deadline()) {
            Moment moment = moments.remove();
            now = moment.at();
            Progress trial = progress(moment.trial());
            if (moment.preempts()) {
                preempt(trial);
            } else if (moment.order() == trial.expected) {
                report(trial);
            }
            fill();
        }
        return new SweepOutcome(best, started, events);
    }

    private Progress progress(String trial) {
        return Optional.ofNullable(trials.get(trial)).orElseThrow();
    }

    private void fill() {
        for (Optional<Start> start = scheduler.next(now, free); start.isPresent(); start = scheduler.next(now, free)) {
            Progress trial = progress(start.get().trial());
            started += trial.begun ? 0 : 1;
            trial.begun = true;
            free -= start.get().atoms();
            happened(Kind.START, trial, start.get().atoms(), start.get().reason());
            begin(trial, start.get().atoms());
        }
    }

    private void begin(Progress trial, int atoms) {
        trial.atoms = atoms;
        expect(trial, setupSeconds + iterationSeconds(trial));
    }

    private void expect(Progress trial, double seconds) {
        trial.expected = order++;
        moments.add(new Moment(now + seconds, trial.expected, trial.curve.trial(), false));
    }

    private double iterationSeconds(Progress trial) {
        return trial.curve.iterationSeconds() / settings.scaling().of(trial.atoms);
    }

    private void preempt(Progress trial) {
        if (trial.expected >= 0) {
            release(trial);
            happened(Kind.PREEMPTED, trial, trial.iteration, "its machine was taken back");
            scheduler.onPreempted(trial.curve.trial());
        }
    }

    private void release(Progress trial) {
        free += trial.atoms;
        trial.expected = -1;
    }

    private void report(Progress trial) {
        trial.iteration++;
        double value = trial.curve.values().get(trial.iteration - 1);
        if (Double.isFinite(value)
                && best.filter(known -> known.value() >= value).isEmpty()) {
            best = Optional.of(new Best(value, trial.curve.trial(), trial.iteration, now));
        }
        boolean last = trial.iteration >= trial.curve.values().size();
        var report = new Report(trial.curve.trial(), trial.iteration, value, iterationSeconds(trial), last);
        switch (scheduler.onReport(report, now, free)) {
            case Decision.Continue _ -> expect(trial, iterationSeconds(trial));
            case Decision.Pause(String reason) -> {
                release(trial);
                happened(Kind.PAUSE, trial, trial.iteration, reason);
            }
            case Decision.Stop(String reason) -> {
                release(trial);
                happened(Kind.COMPLETE, trial, trial.iteration, reason);
            }
            case Decision.Resize(int atoms, String reason) -> {
                free += trial.atoms - atoms;
                happened(Kind.RESIZE, trial, atoms, reason);
                begin(trial, atoms);
            }
        }
    }

    private void happened(Kind kind, Progress trial, int number, String reason) {
        events.add(new Event(now, kind, trial.curve.trial(), number, reason));
    }
}
