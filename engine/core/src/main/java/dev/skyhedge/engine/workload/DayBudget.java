package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is left of a day's budget, and whether plans keep within it.
final class DayBudget {
    /// What is rented now may have to be rented for so long: until spot has come, or for the least that a cloud bills.
    private static final Duration COMMITTED = Duration.ofHours(1);

    /// A launch needs money for so much longer than the day is, so that the least rise of a price does not end again
    /// what was just launched.
    private static final Duration RESERVE = Duration.ofMinutes(15);

    /// To end everything takes so long: what is in progress is finished first.
    private static final Duration ENDING = Duration.ofMinutes(10);

    private final BudgetSpec budget;
    private final World world;
    private final Instant end;
    private final Duration left;

    DayBudget(BudgetSpec budget, World world) {
        this.budget = budget;
        this.world = world;
        this.end = world.now()
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .plusDays(1)
                .toInstant();
        this.left = Duration.between(world.now(), end);
    }

    /// Whether the money lasts until the end of the day: for an hour what is rented with the plan, then what it costs
    /// once spot is ready.
    boolean affords(Plan plan) {
        Plan.Cost cost = cost(plan);
        Duration committed = shorter(COMMITTED, left);
        long needed = cost.now().microDollarsFor(committed)
                + cost.settled().microDollarsFor(left.minus(committed))
                + (launches(plan) ? cost.settled().microDollarsFor(RESERVE) : 0);
        return needed <= money();
    }

    /// Whether what is left would do for a whole day at twice the cost: nothing changes then by time alone, not at
    /// midnight either.
    boolean isAmple(Plan plan) {
        return cost(plan).now().times(2).microDollarsFor(Duration.ofDays(1)) <= money();
    }

    /// Whether so little is left that this must end, or must not begin.
    boolean isSpent(Plan least) {
        Duration needed = launches(least) ? COMMITTED : ENDING;
        return cost(least).now().microDollarsFor(shorter(needed, left)) >= money();
    }

    /// Whether nothing is saved by one plan that the other spends: all of it is protected.
    boolean costsTheSame(Plan one, Plan other) {
        return cost(one).now().equals(cost(other).now());
    }

    private long money() {
        return budget.microDollarsPerDay() - world.spentToday();
    }

    private static boolean launches(Plan plan) {
        return plan.actions().stream().anyMatch(action -> Action.now(action) instanceof Action.Launch);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// What all workloads cost, and those too that are not planned now.
    private Plan.Cost cost(Plan plan) {
        Set<String> planned =
                plan.services().stream().map(Plan.WorkloadSummary::service).collect(Collectors.toSet());
        HourlyPrice others = world.replicas().entrySet().stream()
                .filter(entry -> !planned.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .filter(replica -> replica.lifecycle().isLive())
                .map(replica -> replica.offer().price())
                .reduce(HourlyPrice.ZERO, HourlyPrice::plus);
        return plan.cost().plus(new Plan.Cost(others, others, HourlyPrice.ZERO));
    }

    /// How it stands with a plan.
    ///
    /// @param full what would be done if nothing were given up
    BudgetStanding standing(Plan plan, Plan full, Economy economy) {
        Plan.Cost cost = cost(plan);
        return new BudgetStanding(
                budget,
                world.spentToday(),
                cost(full).settled(),
                cost.settled(),
                economy,
                spentAt(cost.settled()),
                end);
    }

    private Optional<Instant> spentAt(HourlyPrice rate) {
        if (money() <= 0) {
            return Optional.of(world.now());
        }
        if (rate.microDollarsFor(left) <= money()) {
            return Optional.empty();
        }
        return Optional.of(world.now().plusMillis((long) (money() * 3_600_000.0 / rate.microDollars())));
    }
}
