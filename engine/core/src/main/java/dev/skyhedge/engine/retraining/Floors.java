package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.Scheduling.Infeasible;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether the least accuracy can be served at all.
final class Floors {
    private Floors() {}

    /// Why it cannot be, even when no training begins.
    static Optional<Infeasible> broken(Situation situation, Timeline timeline) {
        List<RetrainedStream> streams = situation.streams();
        if (timeline.plan(timeline.begun(), timeline.allocation()::best).isPresent()) {
            return Optional.empty();
        }
        RetrainedStream worst = streams.getFirst();
        for (RetrainedStream stream : streams) {
            worst = stream.accuracy() < worst.accuracy() ? stream : worst;
        }
        String reason = worst.accuracy() < situation.minAccuracy()
                ? String.format(
                        Locale.ROOT,
                        "the model of %s has an accuracy of %.3f, below min_accuracy = %.3f, on any share",
                        worst.name(),
                        worst.accuracy(),
                        situation.minAccuracy())
                : String.format(
                        Locale.ROOT,
                        "%s GPUs are too few to serve %d streams with min_accuracy = %.3f; %s needs the most of them",
                        situation.gpus(),
                        streams.size(),
                        situation.minAccuracy(),
                        worst.name());
        return Optional.of(new Infeasible(worst.name(), reason));
    }
}
