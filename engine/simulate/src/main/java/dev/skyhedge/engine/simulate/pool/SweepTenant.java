package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Claim;
import dev.skyhedge.engine.pool.Claim.Nature;
import dev.skyhedge.engine.simulate.sweep.LearningCurve;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A sweep a day, each with a deadline. Atoms are rented at the pace that ends it in time; beyond
/// that it has what others leave, which slows the pace that is paid for. When what is left needs
/// much more than it was to need, it is late.
public final class SweepTenant implements Tenant {
    private static final double SECONDS_PER_DAY = 86_400;
    /// A sweep that needs so many times the atoms that it began with is at risk.
    private static final double AT_RISK = 1.5;
    /// The least of the time that is left that its longest trial may need, for it to be at risk.
    private static final double LITTLE_TIME = 0.8;

    /// More than nothing: what it has for nothing it need not pay for later.
    private static final HourlyPrice IDLE_WORTH = HourlyPrice.ofUsd("0.01");

    private final String name;
    private final Sweep sweep;
    private final HourlyPrice worth;
    private final Duration grace;
    private Optional<SweepRun> run = Optional.empty();
    private double end;
    private int firstPace;
    /// Atoms that are paid for.
    private int pace;
    private int begun;
    private int met;

    /// The sweep of each day.
    ///
    /// @param curves of its trials, which all go to their end
    /// @param atomShares what a trial runs on
    /// @param setupSeconds of each start of a trial
    /// @param checkpointSeconds in which a trial that gives way saves what it has done; it loses
    ///     its iteration where its grace is shorter
    /// @param submitted in seconds of the day
    /// @param deadline in seconds since then; over before the next one is submitted
    /// @param hurry the part of the deadline in which it wants to be done, above 0 and at most 1
    public record Sweep(
            List<LearningCurve> curves,
            int atomShares,
            double setupSeconds,
            double checkpointSeconds,
            double submitted,
            double deadline,
            double hurry) {
        public Sweep {
            curves = List.copyOf(curves);
        }
    }

    public SweepTenant(String name, Sweep sweep, HourlyPrice worth, Duration grace) {
        this.name = name;
        this.sweep = sweep;
        this.worth = worth;
        this.grace = grace;
    }

    /// How many have begun so far.
    public int begun() {
        return begun;
    }

    /// How many were done by their deadline.
    public int met() {
        return met;
    }

    @Override
    public List<Claim> claims(double now, Holdings holdings) {
        beginOrEnd(now);
        int atoms = run.map(SweepRun::trials).orElse(0);
        int needed = run.map(one -> Math.min(atoms, pace(one, now))).orElse(0);
        // Not to and fro between two numbers.
        pace = needed > pace || needed < pace - 1 ? needed : Math.min(pace, atoms);
        boolean late = run.filter(one -> isLate(one, now)).isPresent();
        return List.of(
                claim(name, late ? Nature.LATE : Nature.BACKGROUND, pace, worth, holdings),
                claim(idle(), Nature.BACKGROUND, atoms - pace, IDLE_WORTH, holdings));
    }

    private Claim claim(String claim, Nature nature, int atoms, HourlyPrice worthIt, Holdings holdings) {
        int shares = atoms * sweep.atomShares();
        return new Claim(claim, nature, sweep.atomShares(), 0, shares, 0, worthIt, grace, holdings.held(claim));
    }

    private String idle() {
        return name + "/idle";
    }

    private void beginOrEnd(double now) {
        if (run.isPresent() && (run.get().isDone() || now >= end)) {
            met += run.get().isDone() ? 1 : 0;
            run = Optional.empty();
        }
        double due = begun * SECONDS_PER_DAY + sweep.submitted();
        if (run.isEmpty() && now >= due) {
            SweepRun next = new SweepRun(
                    sweep.curves(),
                    sweep.deadline(),
                    sweep.setupSeconds(),
                    sweep.checkpointSeconds() <= grace.toSeconds());
            end = due + sweep.deadline();
            begun++;
            firstPace = pace(next, now);
            run = Optional.of(next);
        }
    }

    /// Atoms that end it when it wants to be done, or, once that is over, by its deadline.
    private int pace(SweepRun one, double now) {
        double wantedEnd = end - (1 - sweep.hurry()) * sweep.deadline();
        double left = Math.max((wantedEnd > now ? wantedEnd : end) - now, 1);
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(one.secondsLeft() / left));
    }

    private boolean isLate(SweepRun one, double now) {
        return pace > AT_RISK * firstPace || one.longest() > LITTLE_TIME * (end - now);
    }

    @Override
    public void work(double now, double seconds, Holdings holdings) {
        run.ifPresent(one -> {
            int usable = holdings.usable(name, now, 0) + holdings.usable(idle(), now, 0);
            one.work(now, seconds, usable / sweep.atomShares());
        });
    }
}
