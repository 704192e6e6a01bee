package dev.skyhedge.engine.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.retraining.PublishedWindow.Arithmetic;
import dev.skyhedge.engine.retraining.PublishedWindow.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// On recorded cameras, where `-Dskyhedge.cameras=DIR` says where they are.
@EnabledIfSystemProperty(named = "skyhedge.cameras", matches = ".+")
class RecordedWindowsTest {
    @SuppressWarnings("NullAway.Init")
    private static RecordedWindows recorded;

    @BeforeAll
    static void read() throws IOException {
        recorded = new RecordedWindows(Path.of(System.getProperty("skyhedge.cameras")));
    }

    private static double mean(int cameras, double gpus, ToDoubleFunction<Situation> of) {
        return RecordedWindows.WINDOWS.stream()
                .map(window -> recorded.window(cameras == 10 ? RecordedWindows.TEN : RecordedWindows.SIX, window, gpus))
                .mapToDouble(of)
                .average()
                .orElseThrow();
    }

    private static double fixed(Situation situation, Function<RetrainedStream, Optional<TrainingOption>> choice) {
        PublishedWindow window = new PublishedWindow(
                situation.seconds(),
                situation.profile(),
                Arithmetic.WHOLE_SECONDS,
                situation.streams().stream().map(RetrainedStream::accuracy).toList());
        return window.mean(
                situation.streams().stream().map(choice).toList(),
                Shares.equal(situation.streams().size(), situation.gpus()));
    }

    private static double reached(RetrainingScheduler scheduler, Situation situation) {
        return Windows.planned(scheduler, situation).meanAccuracy();
    }

    @ParameterizedTest
    @CsvSource({"10,1,.5755", "10,2,.7660", "10,4,.8105", "6,1,.6996", "6,2,.7861", "6,4,.7861"})
    void withoutRetrainingItIsAsReleased(int cameras, double gpus, double published) {
        assertThat(mean(cameras, gpus, situation -> reached(new NoRetraining(), situation)))
                .isCloseTo(published, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"10,1,.3833,.3567", "10,2,.5947,.5755", "10,4,.7957,.7660"})
    void uniformSharesAreWorthWhatWasReleased(int cameras, double gpus, double accurate, double fixed) {
        assertThat(mean(
                        cameras,
                        gpus,
                        situation -> fixed(
                                situation,
                                stream -> stream.options().stream()
                                        .max(Comparator.comparingDouble(TrainingOption::accuracyAfter)))))
                .isCloseTo(accurate, within(5e-4));
        assertThat(mean(
                        cameras,
                        gpus,
                        situation -> fixed(
                                situation,
                                stream -> stream.options().stream()
                                        .filter(option -> option.config().equals("4_15"))
                                        .findFirst())))
                .isCloseTo(fixed, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"10,1,.5755", "10,2,.7816", "10,4,.8780", "6,1,.7095", "6,2,.8455", "6,4,.8851"})
    void theReleasedThiefIsFollowedClosely(int cameras, double gpus, double published) {
        assertThat(mean(
                        cameras,
                        gpus,
                        situation -> new PublishedThief(3, 0.25 / 3)
                                .decide(situation, Arithmetic.WHOLE_SECONDS)
                                .mean()))
                .isCloseTo(published, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"10,1,.580", "10,2,.7885", "10,4,.893", "6,1,.717", "6,2,.8663", "6,4,.8851"})
    void oursServesMoreThanAllOfThem(int cameras, double gpus, double goal) {
        double ours =
                mean(cameras, gpus, situation -> reached(new ThiefScheduler(ThiefScheduler.USUAL_WORK), situation));

        assertThat(ours).isGreaterThanOrEqualTo(goal);
        assertThat(ours)
                .isGreaterThan(mean(
                        cameras,
                        gpus,
                        situation -> new PublishedThief(3, 0.25 / 3)
                                .decide(situation, Arithmetic.CONTINUOUS)
                                .mean()))
                .isGreaterThan(mean(cameras, gpus, situation -> reached(new NoRetraining(), situation)))
                .isGreaterThan(mean(
                        cameras,
                        gpus,
                        situation -> reached(new UniformScheduler(0.5, Optional.of("0_15")), situation)));
    }

    /// Where there is more than a GPU for each stream the released one gives a training several.
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 4})
    void oursServesMoreThanTheReleasedOneWithTrainingsOnSeveralGpus(double gpus) {
        double ours = 0;
        double released = 0;
        for (int window : RecordedWindows.WINDOWS) {
            Situation situation = recorded.window(List.of("bochum", "zurich"), window, gpus);
            ours += reached(new ThiefScheduler(ThiefScheduler.USUAL_WORK, gpus), situation);
            released += new PublishedThief(3, 0.25 / 3)
                    .decide(situation, Arithmetic.CONTINUOUS)
                    .mean();
        }

        assertThat(ours).isGreaterThan(released);
    }
}
