package dev.skyhedge.watch.news;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a watching process tells of a budget.
class BudgetNewsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final List<String> told = new ArrayList<>();
    private final WatchNews news = new WatchNews(() -> NOW, event -> {
        if (event instanceof WatchEvent.Note(Instant _, String text)) {
            told.add(text);
        }
    });

    private void step(Economy economy, long spent, boolean isSpentEarly) {
        var standing = new BudgetStanding(
                new BudgetSpec(40_000_000, OnBreach.DEGRADE),
                spent,
                HourlyPrice.ofUsd("3"),
                HourlyPrice.ofUsd("2"),
                economy,
                Optional.of(NOW.plusSeconds(3600)).filter(_ -> isSpentEarly),
                Instant.parse("2026-01-02T00:00:00Z"));
        Plan plan = new Plan(NOW, "lineage", 1, List.of(), List.of(), List.of(), List.of(), Optional.empty())
                .within(standing, Optional.empty());
        news.stepped(new Step(List.of(), List.of(), List.of(), plan, Optional.empty()));
    }

    @Test
    void whatIsEnoughIsNoNews() {
        step(Economy.NONE, 1, false);
        step(Economy.NONE, 2, false);

        assertThat(told).isEmpty();
    }

    @Test
    void whatIsGivenUpIsToldOnceAndThatTheMoneyWillNotLastBeforeItIsGone() {
        step(Economy.NO_SPARES, 1, false);
        step(Economy.NO_SPARES, 2, false);
        step(Economy.fewer(1), 3, true);
        step(Economy.fewer(1), 4, true);
        step(Economy.NOTHING_LEFT, 5, false);

        assertThat(told).hasSize(3);
        assertThat(told.get(0)).contains("Without spares it costs");
        assertThat(told.get(1)).contains("the money lasts until 13:00 UTC");
        assertThat(told.get(2)).contains("Too little is left");
    }

    @Test
    void thatThereIsEnoughAgainIsToldOnce() {
        step(Economy.NO_SPARES, 1, false);
        step(Economy.NONE, 2, false);
        step(Economy.NONE, 3, false);

        assertThat(told).hasSize(2).last().asString().contains("the rest is enough until midnight");
    }
}
