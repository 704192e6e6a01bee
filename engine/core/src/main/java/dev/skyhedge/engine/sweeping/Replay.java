package dev.skyhedge.engine.sweeping;

import dev.skyhedge.engine.sweep.Asha;
import dev.skyhedge.engine.sweep.Decision;
import dev.skyhedge.engine.sweep.HyperSched;
import dev.skyhedge.engine.sweep.RandomSearch;
import dev.skyhedge.engine.sweep.Report;
import dev.skyhedge.engine.sweep.Scaling;
import dev.skyhedge.engine.sweep.Start;
import dev.skyhedge.engine.sweep.SweepSettings;
import dev.skyhedge.engine.sweep.TrialScheduler;
import dev.skyhedge.specs.SweepSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A scheduler that has been told all that is remembered, and where each trial is because of that. A trial runs on one
/// atom, so that how many are free does not matter as long as one is.
final class Replay {
    private static final double MILLIS = 1000;
    private static final int SOME_ATOM = 1;

    private final boolean maximize;
    private final TrialScheduler scheduler;
    private final SortedMap<Integer, Standing> standings = new TreeMap<>();
    private boolean broken;

    /// Where a trial is.
    enum Status {
        PENDING,
        RUNNING,
        PAUSED,
        /// It has come to its end.
        DONE,
        /// It failed too often.
        FAILED
    }

    /// Where a trial is, and why, for people.
    record Standing(Status status, String reason) {}

    private Replay(SweepSpec sweep) {
        this.maximize = sweep.metric().maximize();
        this.scheduler = scheduler(sweep);
    }

    static Replay of(SweepSpec sweep, SweepMemory memory) {
        var replay = new Replay(sweep);
        memory.news().forEach(replay::tell);
        return replay;
    }

    private static TrialScheduler scheduler(SweepSpec sweep) {
        List<String> names = IntStream.rangeClosed(1, sweep.trials().size())
                .mapToObj(Integer::toString)
                .toList();
        var settings = new SweepSettings(
                sweep.pool().atoms(),
                end(sweep) / MILLIS,
                sweep.scheduler().gracePeriod(),
                sweep.scheduler().maxIterations(),
                sweep.scheduler().reductionFactor(),
                SweepSettings.Reallocation.NONE,
                1.1,
                5,
                true,
                List.of(1),
                new Scaling(Map.of(1, 1.0)));
        return switch (sweep.scheduler().rule()) {
            case HYPERSCHED -> new HyperSched(settings, HyperSched.Variant.MENDED, names);
            case ASHA -> new Asha(settings, names);
            case RANDOM -> new RandomSearch(settings, names);
        };
    }

    /// When trials are ended, in milliseconds since the sweep began.
    static long end(SweepSpec sweep) {
        return sweep.deadline().minus(sweep.rules().grace()).toMillis();
    }

    Standing standing(int trial) {
        return standings.getOrDefault(trial, new Standing(Status.PENDING, "not begun"));
    }

    /// By trial; those without an entry were never begun.
    SortedMap<Integer, Standing> standings() {
        return standings;
    }

    /// Whether what is remembered is of another scheduler than this one.
    boolean isBroken() {
        return broken;
    }

    /// What is to be started now; it counts as started.
    Optional<Started> next(long at) {
        return scheduler.next(at / MILLIS, SOME_ATOM).map(start -> started(start, at));
    }

    /// @param reason why it, for people
    record Started(News.Started news, String reason) {}

    private Started started(Start start, long at) {
        int trial = Integer.parseInt(start.trial());
        standings.put(trial, new Standing(Status.RUNNING, start.reason()));
        return new Started(new News.Started(at, trial), start.reason());
    }

    /// Something has happened.
    void tell(News news) {
        String name = Integer.toString(news.trial());
        switch (news) {
            case News.Started(long at, int trial) ->
                broken |= next(at).filter(next -> next.news().trial() == trial).isEmpty();
            case News.Reported report -> reported(report, name);
            case News.Interrupted _ -> {
                scheduler.onPreempted(name);
                standings.computeIfPresent(
                        news.trial(),
                        (_, was) -> was.status() == Status.RUNNING
                                ? new Standing(Status.PAUSED, "its machine is gone")
                                : was);
            }
            case News.Failed _ -> {
                scheduler.onFailed(name);
                standings.put(news.trial(), new Standing(Status.FAILED, "it failed too often"));
            }
        }
    }

    private void reported(News.Reported report, String name) {
        double signed = maximize ? report.value() : -report.value();
        Decision decision = scheduler.onReport(
                new Report(name, report.iteration(), signed, report.seconds(), report.last()),
                report.at() / MILLIS,
                SOME_ATOM);
        Status before = standing(report.trial()).status();
        switch (decision) {
            case Decision.Continue _, Decision.Resize _ -> {}
            case Decision.Pause(String reason) -> {
                if (before == Status.RUNNING) {
                    standings.put(report.trial(), new Standing(Status.PAUSED, reason));
                }
            }
            case Decision.Stop(String reason) -> {
                if (before != Status.DONE && before != Status.FAILED) {
                    standings.put(report.trial(), new Standing(Status.DONE, reason));
                }
            }
        }
    }
}
