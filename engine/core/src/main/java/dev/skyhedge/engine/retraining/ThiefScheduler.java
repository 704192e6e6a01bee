package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import dev.skyhedge.engine.retraining.Scheduling.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Looks for the plan that serves the highest accuracy: after the thief of Ekya (Bhardwaj et al., NSDI 2022, section 4)
/// but from several starts, among them trainings one after the other, and with moves that its thief does not know.
/// What no training has is divided among the streams anew in every phase. Never below a plan without training.
///
/// With more GPUs a plan is never worse, as what was found for one GPU less is among the starts; that holds while the
/// work limit lasts.
///
/// @param workLimit how many plans are scored at most, which bounds the time without a clock; after so many the best
///     so far is taken
/// @param mostShare that a training may have, in GPUs: more than 1 only for trainings that can use several
public record ThiefScheduler(long workLimit, double mostShare) implements RetrainingScheduler {
    /// Takes a second at most for ten streams with eighteen configurations on eight GPUs; more of it brings
    /// a thousandth.
    public static final long USUAL_WORK = 100_000;

    /// With trainings that run on one GPU.
    public ThiefScheduler(long workLimit) {
        this(workLimit, 1);
    }

    @Override
    public Scheduling schedule(Situation situation) {
        Timeline whole = new Timeline(situation);
        List<List<Item>> carried = whole.begun();
        Optional<Infeasible> broken = Floors.broken(situation, whole);
        if (broken.isPresent()) {
            return broken.get();
        }
        List<Double> ladder = ladder(situation, whole);
        for (double gpus : ladder) {
            Timeline timeline = new Timeline(situation.withGpus(gpus));
            // The last of them has half of the work for itself.
            long work = gpus == situation.gpus() ? workLimit / 2 : workLimit / 2 / Math.max(1, ladder.size() - 1);
            carried = best(situation, timeline, gpus, carried, work);
        }
        Optional<WindowPlan> plan = whole.plan(carried, whole.allocation()::best);
        return new Planned(plan.orElseThrow());
    }

    /// One GPU less, and again, from the fewest on; no more of them than can be used.
    private List<Double> ladder(Situation situation, Timeline timeline) {
        double useful =
                situation.streams().size() * (timeline.allocation().mostShare() + mostShare) + timeline.pinned();
        List<Double> ladder = new ArrayList<>();
        for (double gpus = situation.gpus(); gpus > timeline.pinned(); gpus--) {
            if (gpus < useful + 1) {
                ladder.addFirst(gpus);
            }
        }
        return ladder.isEmpty() ? List.of(situation.gpus()) : ladder;
    }

    private List<List<Item>> best(
            Situation situation, Timeline timeline, double gpus, List<List<Item>> carried, long work) {
        List<List<List<Item>>> found = new ThiefSearch(situation, timeline, gpus, mostShare, work).found(carried);
        return found.stream()
                .max(Comparator.comparingDouble(lanes -> timeline.plan(lanes, timeline.allocation()::best)
                        .map(WindowPlan::meanAccuracy)
                        .orElse(Timeline.NOT_ALLOWED)))
                .orElse(timeline.begun());
    }
}
