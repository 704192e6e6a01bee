package dev.skyhedge.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is given up for a budget, in a world where spot costs 0.30, 0.31 and 0.32, and on-demand 1.00, at midnight:
/// with 24 hours to pay for.
class RationingTest {
    /// Two wanted, with a spare, with stand-ins.
    private static final Declared CHAT = Declared.service("chat").wants(2).spotHedge(1, true, 0);

    private static final ReplicaRecord FIRST = ready(CHAT, 1, Worlds.EAST_A);
    private static final ReplicaRecord SECOND = ready(CHAT, 2, Worlds.EAST_B);
    private static final ReplicaRecord SPARE = ready(CHAT, 3, Worlds.WEST_A);
    private static final World THREE_SERVE = Worlds.of(CHAT, Signals.NONE, FIRST, SECOND, SPARE);

    private static ReplicaRecord ready(Declared service, int ordinal, Offer offer) {
        return Worlds.replica(service, ordinal, Lifecycle.READY, offer);
    }

    private static Plan plan(Declared service, World world, double usdPerDay) {
        return plan(service, world, new BudgetSpec(Math.round(usdPerDay * 1e6), OnBreach.DEGRADE));
    }

    private static Plan plan(Declared service, World world, BudgetSpec budget) {
        Spec spec = Declared.all(service).within(budget);
        return Planner.plan(Kinds.of(spec), world, PlanOptions.DEFAULT);
    }

    private static BudgetStanding standing(Plan plan) {
        return plan.budget().orElseThrow();
    }

    private static List<Offer> launched(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(action -> ((Action.Launch) action).offer())
                .toList();
    }

    private static List<Offer> onDemand(Plan plan) {
        return launched(plan).stream()
                .filter(offer -> offer.market() == Market.ON_DEMAND)
                .toList();
    }

    private static Set<String> drained(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Drain.class::isInstance)
                .map(action -> ((Action.Drain) action).replica())
                .collect(Collectors.toSet());
    }

    @Test
    void nothingIsGivenUpWhileTheMoneyLastsUntilMidnight() {
        // 0.93 an hour for 24 hours.
        Plan plan = plan(CHAT, THREE_SERVE, 22.33);

        assertThat(standing(plan).economy()).isEqualTo(Economy.NONE);
        assertThat(standing(plan).spentAt()).isEmpty();
        assertThat(plan.hasChanges()).isFalse();
    }

    @Test
    void aSpareIsGivenUpFirst() {
        Plan plan = plan(CHAT, THREE_SERVE, 22.31);

        assertThat(standing(plan).economy()).isEqualTo(Economy.NO_SPARES);
        assertThat(drained(plan)).hasSize(1);
        assertThat(plan.actions())
                .filteredOn(Action.Drain.class::isInstance)
                .allSatisfy(
                        action -> assertThat(action.toString()).contains("to keep within the budget: without spares"));
    }

    @Test
    void aPolicyThatChoosesItsSparesGivesThemUpToo() {
        Declared chosen = CHAT.with(PlacementSpec.Skyhedge.DEFAULT);

        assertThat(Economy.NO_SPARES.placement(PlacementSpec.Skyhedge.DEFAULT))
                .isEqualTo(new PlacementSpec.Skyhedge(OptionalInt.of(0), 0.999, true, 0));
        assertThat(drained(plan(chosen, THREE_SERVE, 17))).hasSize(1);
    }

    @Test
    void onDemandStandsInForTheMinimumAtLeast() {
        Declared elastic = elastic(1, 3);
        World none = Worlds.of(Map.of("chat", wanting(elastic, 3)), Signals.NONE);

        Plan rich = plan(elastic, none, 200);
        Plan poor = plan(elastic, none, 24.6);

        assertThat(onDemand(rich)).hasSize(3);
        assertThat(standing(poor).economy()).isEqualTo(Economy.NO_STAND_INS);
        assertThat(onDemand(poor)).hasSize(1);
        assertThat(launched(poor)).hasSize(1 + 3);
    }

    @Test
    void aPolicyThatStandsByLeavesThatAndStandsInForTheMinimum() {
        Declared chosen = elastic(1, 3).with(PlacementSpec.Skyhedge.DEFAULT);
        World none = Worlds.of(Map.of("chat", wanting(chosen, 3)), Signals.NONE);

        assertThat(onDemand(plan(chosen, none, 200))).hasSize(3);
        assertThat(onDemand(plan(chosen, none, 24.6))).hasSize(1);
    }

    @Test
    void whatIsNotPlannedNowIsPaidForToo() {
        Spec both = Declared.all(CHAT, Declared.service("embed")).within(new BudgetSpec(22_330_000, OnBreach.DEGRADE));

        Plan embed = Planner.plan(Kinds.of(both), THREE_SERVE, new PlanOptions(Set.of("embed"), Set.of(), false));

        assertThat(standing(embed).wanted()).isEqualTo(HourlyPrice.ofUsd("1.23"));
        assertThat(standing(embed).economy().isAny()).isTrue();
    }

    @Test
    void whatIsNeededOnlyUntilSpotServesIsNotPaidForAllDay() {
        // Two on spot and two that stand in: 2.61 an hour at first, 0.61 later.
        Declared spareless = CHAT.spotHedge(0, true, 0);

        Plan plan = plan(spareless, Worlds.of(spareless, Signals.NONE), 17);

        assertThat(standing(plan).economy()).isEqualTo(Economy.NONE);
        assertThat(launched(plan)).hasSize(4);
    }

    @Test
    void noMoreReplicasAreGivenUpThanNeedBe() {
        Declared elastic = elastic(1, 10);
        ReplicaRecord[] ten = IntStream.rangeClosed(1, 10)
                .mapToObj(ordinal -> ready(elastic, ordinal, Worlds.EAST_A))
                .toArray(ReplicaRecord[]::new);
        World world = Worlds.of(Map.of("chat", wanting(elastic, 10)), Signals.NONE, ten);

        // 0.30 an hour each: 7.20 a day.
        Plan plan = plan(elastic, world, 7.2 * 6.5);

        assertThat(standing(plan).economy()).isEqualTo(Economy.fewer(4));
        assertThat(drained(plan)).hasSize(4);
        assertThat(plan.services().getFirst().wanted()).isEqualTo(6);
        assertThat(plan.services().getFirst().wantedBecause()).contains("of 10, so many are within the budget");
    }

    @Test
    void theNumberThatIsWantedIsRememberedAsItIs() {
        Declared elastic = elastic(1, 10);
        World world = Worlds.of(Map.of("chat", wanting(elastic, 10)), Signals.NONE);

        assertThat(plan(elastic, world, 10).actions())
                .filteredOn(Action.PutWorkload.class::isInstance)
                .allSatisfy(action -> assertThat(
                                ((Action.PutWorkload) action).after().wanted())
                        .isEqualTo(10));
    }

    @Test
    void theMinimumGoesOnUntilTheMoneyIsGoneAndItIsSaidWhenThatIs() {
        Plan plan = plan(CHAT, THREE_SERVE, 6.1);

        assertThat(standing(plan).economy()).isEqualTo(Economy.NO_SPARES);
        assertThat(plan.services().getFirst().wanted()).isEqualTo(2);
        assertThat(standing(plan).spentAt()).contains(Worlds.NOW.plus(Duration.ofHours(10)));
    }

    @Test
    void onceTheMoneyIsGoneNothingIsLeft() {
        Instant evening = Worlds.NOW.plus(Duration.ofHours(20));

        Plan plan = plan(CHAT, Worlds.spent(THREE_SERVE, evening, 5_950_000), 6);

        assertThat(standing(plan).economy()).isEqualTo(Economy.NOTHING_LEFT);
        assertThat(drained(plan)).containsExactlyInAnyOrder("chat-1", "chat-2", "chat-3");
        assertThat(plan.actions().toString()).contains("too little is left of the day's budget");
        assertThat(launched(plan)).isEmpty();
    }

    @Test
    void nothingIsLaunchedForLessThanAnHour() {
        Instant evening = Worlds.NOW.plus(Duration.ofHours(20));

        Plan plan = plan(CHAT, Worlds.spent(Worlds.of(CHAT, Signals.NONE), evening, 5_500_000), 6);

        assertThat(standing(plan).economy()).isEqualTo(Economy.NOTHING_LEFT);
        assertThat(plan.hasChanges()).isFalse();
    }

    @Test
    void aNewDayHasMoneyAgain() {
        Instant midnight = Worlds.NOW.plus(Duration.ofDays(1));

        assertThat(standing(plan(CHAT, Worlds.spent(THREE_SERVE, midnight, 0), 23))
                        .economy())
                .isEqualTo(Economy.NONE);
    }

    @Test
    void whatIsProtectedGivesNothingUp() {
        Declared sacred = CHAT.isProtected();

        Plan plan = plan(sacred, Worlds.of(sacred, Signals.NONE, FIRST, SECOND, SPARE), 1);

        assertThat(drained(plan)).isEmpty();
        assertThat(standing(plan).text()).endsWith("what is protected gives nothing up.");
    }

    @Test
    void whoOnlyWantsToBeWarnedKeepsEverything() {
        Plan plan = plan(CHAT, THREE_SERVE, new BudgetSpec(1_000_000, OnBreach.WARN));

        assertThat(plan.hasChanges()).isFalse();
        assertThat(standing(plan).spentAt()).isPresent();
    }

    @Test
    void aLaunchNeedsMoreThanWhatIsThereAlready() {
        // The spare is affordable, and by a cent only: it stays, and it would not be launched.
        World two = Worlds.of(CHAT, Signals.NONE, FIRST, SECOND);

        assertThat(standing(plan(CHAT, THREE_SERVE, 22.33)).economy()).isEqualTo(Economy.NONE);
        assertThat(standing(plan(CHAT, two, 22.33)).economy()).isEqualTo(Economy.NO_SPARES);
    }

    @Test
    void itIsThoughtOverEveryFiveMinutesAndAtMidnight() {
        Instant late = Worlds.NOW.plus(Duration.ofHours(24)).minusSeconds(100);

        assertThat(plan(CHAT, THREE_SERVE, 30).wakeAt()).contains(Worlds.NOW.plus(Duration.ofMinutes(5)));
        assertThat(plan(CHAT, Worlds.spent(THREE_SERVE, late, 0), 30).wakeAt()).contains(late.plusSeconds(100));
    }

    @Test
    void whatIsAmpleIsNotThoughtOver() {
        assertThat(plan(CHAT, THREE_SERVE, 45).wakeAt()).isEmpty();
    }

    @Test
    void toDestroyEverythingTakesNoMoney() {
        Spec spec = Declared.all(CHAT).within(new BudgetSpec(1, OnBreach.DEGRADE));

        Plan plan = Planner.plan(Kinds.of(spec), THREE_SERVE, new PlanOptions(Set.of(), Set.of(), true));

        assertThat(plan.budget()).isEmpty();
        assertThat(plan.hasChanges()).isTrue();
    }

    private static Declared elastic(int least, int most) {
        return CHAT.spotHedge(0, true, 0)
                .with(new ScalingSpec(
                        least,
                        most,
                        OptionalDouble.of(1),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(20)));
    }

    private static WorkloadRecord wanting(Declared service, int replicas) {
        return Worlds.recorded(service.spec(), replicas);
    }
}
