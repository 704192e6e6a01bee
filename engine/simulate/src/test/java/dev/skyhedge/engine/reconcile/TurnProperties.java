package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.decision.Alternative;
import dev.skyhedge.engine.decision.Alternative.Standing;
import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.decision.Turn;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.market.SyntheticMarket;
import dev.skyhedge.specs.PlacementSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What would have turned the decisions of an hour in a restless market.
class TurnProperties {
    private static Stream<Arguments> markets() {
        return LongStream.range(0, Long.getLong("skyhedge.turns", 2))
                .boxed()
                .flatMap(seed -> Stream.of(
                        Arguments.of(seed, PlacementSpec.SpotHedge.DEFAULT),
                        Arguments.of(seed, PlacementSpec.Skyhedge.DEFAULT)));
    }

    @ParameterizedTest
    @MethodSource("markets")
    void forNearlyEveryOfferThatWasNotLaunchedAChangeIsKnownThatTurnsTheDecision(long seed, PlacementSpec policy) {
        var shape = new SyntheticMarket.Shape(
                Duration.ofMinutes(10), Duration.ofMinutes(3), Optional.of(Duration.ofMinutes(30)), 3, seed);
        var cloud = SimulatedClouds.cloud(
                SimulatedClouds.rules().withNotice(Duration.ofSeconds(30)),
                new SyntheticMarket(SimulatedClouds.series(), shape),
                SimulatedClouds.START);
        var controller = new VirtualController(
                cloud, Declared.all(Declared.service("chat").with(policy).wants(2)));
        List<Decision> launching = new ArrayList<>();
        controller.watch((_, step) -> step.decision()
                .filter(decision -> !decision.launches("chat").isEmpty())
                .ifPresent(launching::add));
        controller.run(Duration.ofHours(1));

        int asked = 0;
        int turned = 0;
        for (Decision decision : launching) {
            for (Alternative alternative : decision.alternatives("chat")) {
                if (alternative.standing() != Standing.CHOSEN) {
                    asked++;
                    Optional<Turn> turn = decision.turn("chat", List.of(alternative));
                    turned += turn.isPresent() ? 1 : 0;
                    turn.ifPresent(one -> assertThat(one.launch().offer().rentsSameAs(alternative.offer()))
                            .isTrue());
                }
            }
        }
        assertThat(asked).isPositive();
        assertThat(turned).isGreaterThanOrEqualTo(asked * 99 / 100);
    }
}
