package dev.skyhedge.engine.workload;

import dev.skyhedge.engine.plan.BudgetStanding;
import dev.skyhedge.engine.plan.Economy;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.BudgetSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Plans within a day's budget: what is wanted if there is money for it until the end of the day, otherwise the least
/// economy that there is money for. It has no memory: what was saved in quiet hours is there for busy ones.
final class Rationing {
    /// Time alone changes what there is money for.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

    private static final List<Economy> ORDER = List.of(Economy.NO_SPARES, Economy.NO_STAND_INS);

    private final BudgetSpec budget;
    private final DayBudget day;
    private final Function<Economy, Plan> plans;
    private final World world;

    /// @param plans makes the plan in which so much is given up
    Rationing(BudgetSpec budget, World world, Function<Economy, Plan> plans) {
        this.budget = budget;
        this.day = new DayBudget(budget, world);
        this.world = world;
        this.plans = plans;
    }

    Plan plan() {
        Plan full = plans.apply(Economy.NONE);
        if (budget.onBreach() == BudgetSpec.OnBreach.WARN || day.affords(full)) {
            return standing(full, full, Economy.NONE);
        }
        for (Economy economy : ORDER) {
            Plan plan = plans.apply(economy);
            if (day.affords(plan)) {
                return standing(plan, full, economy);
            }
        }
        Economy economy = fewer(full);
        return standing(plans.apply(economy), full, economy);
    }

    /// The smallest number of replicas to do without, found by halving: fewer replicas cost less.
    private Economy fewer(Plan full) {
        int most = full.services().stream()
                .mapToInt(Plan.WorkloadSummary::wanted)
                .max()
                .orElse(0);
        Plan least = plans.apply(Economy.fewer(most));
        if (!day.affords(least)) {
            if (day.costsTheSame(plans.apply(Economy.NOTHING_LEFT), full)) {
                return Economy.NONE;
            }
            return day.isSpent(least) ? Economy.NOTHING_LEFT : mildest(least, Economy.fewer(most));
        }
        int tooFew = 0;
        int enough = most;
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            if (day.affords(plans.apply(Economy.fewer(middle)))) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return Economy.fewer(enough);
    }

    /// The first economy that comes to the same as the strictest: where nobody has more than the minimum, nothing of
    /// that is given up.
    private Economy mildest(Plan least, Economy strictest) {
        return ORDER.stream()
                .filter(economy -> day.costsTheSame(plans.apply(economy), least))
                .findFirst()
                .orElse(strictest);
    }

    private Plan standing(Plan plan, Plan full, Economy economy) {
        BudgetStanding standing = day.standing(plan, full, economy);
        Instant look = world.now().plus(LOOK_AGAIN);
        Instant wake = standing.until().isBefore(look) ? standing.until() : look;
        return plan.within(standing, day.isAmple(full) ? Optional.empty() : Optional.of(wake));
    }
}
