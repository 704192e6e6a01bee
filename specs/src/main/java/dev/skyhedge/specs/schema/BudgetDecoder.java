package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.BudgetSpec;
import dev.skyhedge.specs.BudgetSpec.OnBreach;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.evaluation.Evaluator;
import dev.skyhedge.specs.syntax.Body;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes a [BudgetSpec] of a `budget` block.
public final class BudgetDecoder {
    /// More is no budget, and its micro-dollars have to fit.
    private static final BigDecimal ANY_USD = BigDecimal.valueOf(1_000_000_000);

    private static final BigDecimal LEAST_USD = BigDecimal.valueOf(1, 6);

    private BudgetDecoder() {}

    /// The budget; empty if anything in the block is wrong.
    public static Optional<BudgetSpec> decode(Body.Block block, Evaluator evaluator, Consumer<Diagnostic> sink) {
        return new BlockDecoder(evaluator, "budget", sink)
                .decode(block, SpecSchema.BUDGET, List.of())
                .flatMap(BudgetDecoder::budget);
    }

    /// Without an amount there is none: that it is missing has been said.
    private static Optional<BudgetSpec> budget(Decoded decoded) {
        OnBreach onBreach = decoded.text("on_breach").equals("warn") ? OnBreach.WARN : OnBreach.DEGRADE;
        return decoded.number("usd_per_day")
                .map(usd -> usd.min(ANY_USD).max(LEAST_USD))
                .map(usd -> usd.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN))
                .map(microDollars -> new BudgetSpec(microDollars.longValueExact(), onBreach));
    }
}
