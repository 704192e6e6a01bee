package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.simulate.event.Steps.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetCourseTest {
    private static final Duration LENGTH = Duration.ofHours(6);
    private static final double SECONDS_PER_HOUR = 3_600;

    private static EventOutcome outcome() {
        return EventSimulation.run(
                Scenes.settings(Scenes.chat(), Scenes.restless(3), Lags.DEFAULT, Optional.empty(), 3), LENGTH);
    }

    @Test
    void spendingAddsUpToTheBill() {
        EventOutcome outcome = outcome();

        double spent = sum(outcome.fleet().spending()) / SECONDS_PER_HOUR;

        // Each rental is rounded to a micro-dollar, and a minute is the least, even beyond the end.
        assertThat(outcome.bill().microDollars())
                .isCloseTo(Math.round(spent), within((long) outcome.bill().rentals() + 3_000_000 / 60));
    }

    @Test
    void nothingIsReadyThatIsNotHeld() {
        FleetCourse fleet = outcome().fleet();

        for (FleetCourse.SpotCourse zone : fleet.spot()) {
            assertThat(zone.ready().steps())
                    .allSatisfy(step -> assertThat(step.value()).isLessThanOrEqualTo(at(zone.held(), step.at())));
        }
    }

    @Test
    void itsReadyReplicasAreThoseOfTheAvailability() {
        EventOutcome outcome = outcome();
        FleetCourse fleet = outcome.fleet();

        for (Readiness.Phase phase : outcome.readiness()) {
            Duration at = Duration.between(Scenes.START, phase.from());
            long spot = fleet.spot().stream()
                    .mapToLong(zone -> at(zone.ready(), at))
                    .sum();
            assertThat(List.of(at(fleet.wanted(), at), spot, at(fleet.onDemandReady(), at)))
                    .containsExactly((long) phase.wanted(), (long) phase.spot(), (long) phase.onDemand());
        }
    }

    @Test
    void stepsAreOfOneTimeAndOneValueEach() {
        var steps = new Steps.Builder();
        Stream.of(1L, 1L, 2L).forEach(value -> steps.add(Duration.ofSeconds(value), value));
        steps.add(Duration.ofSeconds(2), 1);

        assertThat(steps.build().steps()).containsExactly(new Step(Duration.ofSeconds(1), 1));
    }

    private static long at(Steps steps, Duration time) {
        return steps.steps().stream()
                .filter(step -> step.at().compareTo(time) <= 0)
                .reduce((_, later) -> later)
                .map(Step::value)
                .orElse(0L);
    }

    private static double sum(Steps steps) {
        double sum = 0;
        List<Step> all = steps.steps();
        for (int i = 0; i < all.size(); i++) {
            Duration to = i + 1 < all.size() ? all.get(i + 1).at() : LENGTH;
            sum += all.get(i).value() * (to.minus(all.get(i).at()).toMillis() / 1e3);
        }
        return sum;
    }
}
