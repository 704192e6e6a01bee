package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.spi.HourlyPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// How a day's budget stands with a plan.
///
/// @param budget the budget
/// @param spent what was spent of it so far, in micro-dollars
/// @param wanted what everything that is wanted would cost an hour
/// @param rate what everything costs an hour with the plan, once spot replicas are ready
/// @param economy what is given up
/// @param spentAt when the money is gone at this rate; empty if it lasts until the end of the day
/// @param until the end of the day, midnight UTC
public record BudgetStanding(
        BudgetSpec budget,
        long spent,
        HourlyPrice wanted,
        HourlyPrice rate,
        Economy economy,
        Optional<Instant> spentAt,
        Instant until) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Whether another one says the same, of other amounts.
    public boolean isAs(BudgetStanding other) {
        return economy.equals(other.economy) && spentAt.isPresent() == other.spentAt.isPresent();
    }

    /// In a sentence or three, for people.
    public String text() {
        String budgeted = "Budget: " + dollars(spent) + " of " + dollars(budget.microDollarsPerDay())
                + " spent since midnight UTC; ";
        if (!economy.isAny()) {
            return budgeted + spentAt.map(this::passed).orElse("the rest is enough until midnight.");
        }
        String tooMuch = budgeted + "what is wanted costs " + wanted + ", which is too much. ";
        if (!economy.minimum()) {
            return tooMuch + "Too little is left to keep anything: " + economy.text()
                    + " ends until midnight UTC. Raise usd_per_day to go on.";
        }
        return tooMuch + "Without " + economy.text() + " it costs " + rate
                + spentAt.map(this::gone).orElse(".");
    }

    private String passed(Instant at) {
        return "at " + rate + " it is passed at " + TIME.format(at) + ": "
                + (budget.onBreach() == OnBreach.WARN
                        ? "nothing is given up, as on_breach says."
                        : "what is protected gives nothing up.");
    }

    private String gone(Instant at) {
        return ", and the money lasts until " + TIME.format(at)
                + ": then everything that is not protected ends until midnight. Raise usd_per_day to at least "
                + dollars(needed(at)) + ", or lower the minimum of replicas.";
    }

    /// What this day costs at this rate to its end.
    private long needed(Instant at) {
        return budget.microDollarsPerDay() + rate.microDollarsFor(Duration.between(at, until));
    }

    private static String dollars(long microDollars) {
        return "$"
                + BigDecimal.valueOf(microDollars, 6)
                        .setScale(2, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }
}
