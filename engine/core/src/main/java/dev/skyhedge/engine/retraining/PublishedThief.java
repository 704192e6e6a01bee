package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.PublishedWindow.Arithmetic;
import dev.skyhedge.engine.retraining.PublishedWindow.Shares;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// The thief as its authors released it (Bhardwaj et al., "Ekya: Continuous Learning of Video Analytics Models on Edge
/// Compute Servers", NSDI 2022): from equal shares, a training or a stream's serving steals from another in steps, as
/// long as that serves better. It knows no floor and no weights. For comparison alone.
///
/// @param iterations how often configurations are chosen anew
/// @param steal share of a GPU that is tried more each time; above 0
public record PublishedThief(int iterations, double steal) {
    /// Shares left by sums of steps are not exact.
    private static final double NOTHING = 1e-9;

    /// What it decides.
    ///
    /// @param trainings by stream; one with the share 0 is not carried out
    /// @param mean accuracy that it expects
    public record Decided(List<Optional<TrainingOption>> trainings, Shares shares, double mean) {
        public Decided {
            trainings = List.copyOf(trainings);
        }
    }

    /// The original's decision for a window that begins.
    public Decided decide(Situation situation, Arithmetic arithmetic) {
        int streams = situation.streams().size();
        PublishedWindow window = new PublishedWindow(
                situation.seconds(),
                situation.profile(),
                arithmetic,
                situation.streams().stream().map(RetrainedStream::accuracy).toList());
        Shares shares = Shares.equal(streams, situation.gpus());
        Decided decided = new Decided(List.of(), shares, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < iterations; i++) {
            List<Optional<TrainingOption>> trainings =
                    PublishedWindow.bestAlone(situation, arithmetic, decided.shares());
            decided = stolen(window, trainings, decided.shares());
        }
        return decided;
    }

    private Decided stolen(PublishedWindow window, List<Optional<TrainingOption>> trainings, Shares from) {
        // Trainings first, then serving; what a stream without a training would have had can be stolen.
        double[] best = Stream.concat(from.training().stream(), from.inference().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double most = window.mean(trainings, shares(best));
        for (int thief = 0; thief < best.length; thief++) {
            for (int victim = 0; victim < best.length; victim++) {
                if (thief == victim || idle(trainings, thief)) {
                    continue;
                }
                double[] base = best;
                double room = base[victim];
                for (double stolen = steal; stolen < room + steal - NOTHING; stolen += steal) {
                    double[] tried = base.clone();
                    double step = Math.min(stolen, room);
                    tried[thief] += step;
                    tried[victim] = room - step < NOTHING ? 0 : room - step;
                    double mean = window.mean(trainings, shares(tried));
                    if (mean > most) {
                        most = mean;
                        best = tried;
                    }
                }
            }
        }
        return new Decided(trainings, shares(best), most);
    }

    private static boolean idle(List<Optional<TrainingOption>> trainings, int job) {
        return job < trainings.size() && trainings.get(job).isEmpty();
    }

    private static Shares shares(double[] jobs) {
        int streams = jobs.length / 2;
        return new Shares(
                DoubleStream.of(Arrays.copyOf(jobs, streams)).boxed().toList(),
                DoubleStream.of(Arrays.copyOfRange(jobs, streams, jobs.length))
                        .boxed()
                        .toList());
    }
}
