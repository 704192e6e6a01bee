package dev.skyhedge.engine.retraining;

import dev.skyhedge.engine.retraining.PublishedWindow.Arithmetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Prints the mean accuracy that is served on recorded cameras, over three windows, when what comes of each training is
/// known beforehand.
final class RetrainingBenchmark {
    private static final PublishedThief ORIGINAL = new PublishedThief(3, 0.25 / 3);

    private RetrainingBenchmark() {}

    /// @param arguments the directory of the recordings
    public static void main(String[] arguments) throws IOException {
        RecordedWindows recorded = new RecordedWindows(Path.of(arguments[0]));
        List<List<String>> cameras = List.of(
                RecordedWindows.TEN,
                RecordedWindows.SIX,
                List.of("bochum", "bremen", "darmstadt", "zurich"),
                List.of("bochum", "zurich"));
        System.out.println("cameras,GPUs  thief / original / none / uniform   thief, a training on one GPU at most");
        for (List<String> some : cameras) {
            for (double gpus : List.of(0.5, 1.0, 2.0, 4.0)) {
                System.out.printf(
                        Locale.ROOT,
                        "%7d,%4.1f  %.4f / %.4f / %.4f / %.4f   %.4f%n",
                        some.size(),
                        gpus,
                        mean(recorded, some, gpus, RetrainingBenchmark::onSeveral),
                        mean(
                                recorded,
                                some,
                                gpus,
                                situation -> ORIGINAL.decide(situation, Arithmetic.CONTINUOUS)
                                        .mean()),
                        mean(recorded, some, gpus, situation -> reached(new NoRetraining(), situation)),
                        mean(recorded, some, gpus, RetrainingBenchmark::uniform),
                        mean(recorded, some, gpus, RetrainingBenchmark::onOne));
            }
        }
    }

    private static double onOne(Situation situation) {
        return reached(new ThiefScheduler(ThiefScheduler.USUAL_WORK), situation);
    }

    private static double onSeveral(Situation situation) {
        return reached(new ThiefScheduler(ThiefScheduler.USUAL_WORK, situation.gpus()), situation);
    }

    /// The better of a cheap configuration for all and each stream's most accurate.
    private static double uniform(Situation situation) {
        return Math.max(
                reached(new UniformScheduler(0.5, Optional.of("0_15")), situation),
                reached(new UniformScheduler(0.5, Optional.empty()), situation));
    }

    private static double reached(RetrainingScheduler scheduler, Situation situation) {
        return Windows.planned(scheduler, situation).meanAccuracy();
    }

    private static double mean(
            RecordedWindows recorded, List<String> cameras, double gpus, ToDoubleFunction<Situation> of) {
        return RecordedWindows.WINDOWS.stream()
                .map(window -> recorded.window(cameras, window, gpus))
                .mapToDouble(of)
                .average()
                .orElseThrow();
    }
}
