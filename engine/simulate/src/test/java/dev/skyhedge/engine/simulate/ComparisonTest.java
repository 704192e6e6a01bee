package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.PlacementSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final PaperProtocol PROTOCOL =
            PaperProtocol.DEFAULT.withTarget(3).withTicks(100);

    private static Comparison.PolicyRuns runs(String name, MarketWindow window, Outcome outcome) {
        Counts none = Counts.of(0);
        var timeline = new Timeline(none, List.of(none), List.of(none), none, none);
        return new Comparison.PolicyRuns(
                name,
                PlacementSpec.DEFAULT,
                List.of(new Run(window, PROTOCOL, timeline, List.of(), outcome)),
                List.of());
    }

    private static Bound bound() {
        return new Bound(1, 1, 0.3, 1, 0, Bound.Method.LINEAR, true, Spending.of(new double[] {1}));
    }

    private static Outcome outcome(double full, double capacity, double outage, double cost) {
        return new Outcome(full, capacity, outage, cost, cost, 0, 0, 0, 0);
    }

    /// A policy beside the reference, which is always available but for an hundredth.
    private static boolean isInBrackets(Outcome policy) {
        MarketWindow window = Windows.of("3");
        var comparison = new Comparison(
                "chat",
                MarketSource.open("synthetic:independent,days=2"),
                PROTOCOL,
                0,
                List.of(window),
                List.of(Optional.of(bound())),
                List.of(
                        runs("other", window, policy),
                        runs(Policies.REFERENCE, window, outcome(0.98, 0.99, 0.01, 0.5))));

        assertThat(comparison.gapClosed(comparison.policies().getFirst(), 0))
                .isEqualTo(comparison.gapClosed(comparison.policies().getFirst()));
        return comparison
                .gapClosed(comparison.policies().getFirst())
                .orElseThrow()
                .isLessAvailable();
    }

    @Test
    void aGapIsInBracketsWhereAnyAvailabilityIsWorse() {
        assertThat(isInBrackets(outcome(0.98, 0.99, 0.01, 0.4))).isFalse();
        assertThat(isInBrackets(outcome(0.99, 0.98, 0.01, 0.4))).isTrue();
        assertThat(isInBrackets(outcome(0.99, 0.99, 0.02, 0.4))).isTrue();
        assertThat(isInBrackets(outcome(0.97, 0.99, 0.01, 0.4))).isTrue();
    }
}
