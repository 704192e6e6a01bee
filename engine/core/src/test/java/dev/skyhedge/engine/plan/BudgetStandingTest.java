package dev.skyhedge.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetStandingTest {
    private static String said(OnBreach onBreach, String rate, Economy economy, String spentAt) {
        return standing(onBreach, rate, economy, spentAt).text();
    }

    private static BudgetStanding standing(OnBreach onBreach, String rate, Economy economy, String spentAt) {
        return new BudgetStanding(
                new BudgetSpec(40_000_000, onBreach),
                12_300_000,
                HourlyPrice.ofUsd("3"),
                HourlyPrice.ofUsd(rate),
                economy,
                Optional.of(spentAt).filter(at -> !at.isEmpty()).map(Instant::parse),
                Instant.parse("2026-01-02T00:00:00Z"));
    }

    @Test
    void saysThatItIsEnough() {
        assertThat(said(OnBreach.DEGRADE, "3", Economy.NONE, ""))
                .isEqualTo("Budget: $12.30 of $40.00 spent since midnight UTC; the rest is enough until midnight.");
    }

    @Test
    void saysWhatIsGivenUp() {
        assertThat(said(OnBreach.DEGRADE, "2", Economy.fewer(2), ""))
                .isEqualTo(
                        "Budget: $12.30 of $40.00 spent since midnight UTC; what is wanted costs $3.00/h, which is too"
                                + " much. Without spares, stand-ins beyond the minimum and up to 2 replicas of each service it"
                                + " costs $2.00/h.");
    }

    @Test
    void saysWhenTheMoneyIsGoneAndHowMuchWouldDo() {
        assertThat(said(OnBreach.DEGRADE, "2", Economy.NO_STAND_INS, "2026-01-01T20:00:00Z"))
                .endsWith("Without spares and stand-ins beyond the minimum it costs $2.00/h, and the money lasts until"
                        + " 20:00 UTC: then everything that is not protected ends until midnight. Raise usd_per_day to"
                        + " at least $48.00, or lower the minimum of replicas.");
    }

    @Test
    void saysThatTheMoneyIsGone() {
        assertThat(said(OnBreach.DEGRADE, "0", Economy.NOTHING_LEFT, ""))
                .endsWith(
                        "Too little is left to keep anything: everything that is not protected ends until midnight UTC. Raise"
                                + " usd_per_day to go on.");
    }

    @Test
    void saysWhyItIsPassedAllTheSame() {
        assertThat(said(OnBreach.WARN, "3", Economy.NONE, "2026-01-01T20:00:00Z"))
                .endsWith("; at $3.00/h it is passed at 20:00 UTC: nothing is given up, as on_breach says.");
    }

    @Test
    void otherAmountsAreNoNews() {
        BudgetStanding before = standing(OnBreach.DEGRADE, "2", Economy.NO_SPARES, "");

        assertThat(before.isAs(standing(OnBreach.DEGRADE, "2.5", Economy.NO_SPARES, "")))
                .isTrue();
        assertThat(before.isAs(standing(OnBreach.DEGRADE, "2", Economy.NONE, "")))
                .isFalse();
        assertThat(before.isAs(standing(OnBreach.DEGRADE, "2", Economy.NO_SPARES, "2026-01-01T20:00:00Z")))
                .isFalse();
    }
}
