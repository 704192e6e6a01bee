package dev.skyhedge.engine.simulate;

import com.google.ortools.linearsolver.MPSolver;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// The cheapest that a window can be served for by somebody who has seen all of it.
///
/// Where no zone is ever too small for all wanted replicas it is a shortest path. Otherwise it is a linear
/// program, solved by CLP. Its solutions have nearly always been in whole replicas, but that is not proved: it
/// is checked each time, and if it does not hold the same model is solved again by CBC, in whole replicas.
///
/// Source of the model: the omniscient policy of Mao et al., "SkyServe: Serving AI Models across Regions and
/// Clouds with Spot Instances", EuroSys'25, section 5.3.
public final class OmniscientBound {
    /// The longest that the linear program is given.
    static final Duration LINEAR_LIMIT = Duration.ofSeconds(120);
    /// The longest that the mixed-integer program is given.
    static final Duration MIXED_INTEGER_LIMIT = Duration.ofSeconds(60);

    private static final int MAX_BISECTIONS = 12;

    private OmniscientBound() {}

    /// The cheapest way to have all wanted replicas ready at every judged tick; empty if it was not found in
    /// time.
    public static Optional<Bound> of(MarketWindow window, PaperProtocol protocol) {
        return HindsightPath.applies(window, protocol)
                ? Optional.of(HindsightPath.of(window, protocol, OptionalDouble.empty()))
                : byProgram(window, protocol);
    }

    /// As a program, whatever the window.
    static Optional<Bound> byProgram(MarketWindow window, PaperProtocol protocol) {
        try (var model = new HindsightModel(window, protocol, false, OptionalDouble.empty())) {
            if (!isSolved(model)) {
                return Optional.empty();
            }
            if (model.isIntegral()) {
                return Optional.of(model.bound(Bound.Method.LINEAR));
            }
            return Optional.of(inWholeReplicas(window, protocol).orElseGet(() -> model.bound(Bound.Method.RELAXED)));
        }
    }

    private static Optional<Bound> inWholeReplicas(MarketWindow window, PaperProtocol protocol) {
        try (var model = new HindsightModel(window, protocol, true, OptionalDouble.empty())) {
            return isSolved(model) ? Optional.of(model.bound(Bound.Method.MIXED_INTEGER)) : Optional.empty();
        }
    }

    /// The cheapest way for somebody who may also lack replicas, each charged at a price for each tick. The
    /// price is halved into place until at least the wanted share of ticks is served in full. Nobody lacks as
    /// few replica-ticks for less; whoever reaches the same share of full ticks may still lack more of them at
    /// a time. Empty if it was not found in time.
    ///
    /// @param full the wanted share of judged ticks in which all replicas are ready
    public static Optional<Bound> atAvailability(MarketWindow window, PaperProtocol protocol, double full) {
        double highest = protocol.onDemandPrice() * (protocol.coldStartTicks() + 1) * protocol.target();
        if (HindsightPath.applies(window, protocol)) {
            return bisect(
                    full, highest, price -> Optional.of(HindsightPath.of(window, protocol, OptionalDouble.of(price))));
        }
        try (var model = new HindsightModel(window, protocol, false, OptionalDouble.of(highest))) {
            return bisect(full, highest, price -> solved(model, price));
        }
    }

    private static Optional<Bound> bisect(double full, double highest, DoubleFunction<Optional<Bound>> atPrice) {
        Optional<Bound> best = atPrice.apply(highest);
        double low = 0;
        double high = highest;
        for (int i = 0; i < MAX_BISECTIONS && best.isPresent() && best.get().full() > full; i++) {
            double price = (low + high) / 2;
            Optional<Bound> bound = atPrice.apply(price);
            if (bound.isEmpty()) {
                return best;
            }
            if (bound.get().full() >= full) {
                best = bound;
                high = price;
            } else {
                low = price;
            }
        }
        return best;
    }

    private static Optional<Bound> solved(HindsightModel model, double shortfallPrice) {
        model.charge(shortfallPrice);
        if (!isSolved(model)) {
            return Optional.empty();
        }
        return Optional.of(model.bound(model.isIntegral() ? Bound.Method.LINEAR : Bound.Method.RELAXED));
    }

    private static boolean isSolved(HindsightModel model) {
        MPSolver.ResultStatus status = model.solve();
        return switch (status) {
            case OPTIMAL -> true;
            // Out of time.
            case FEASIBLE, NOT_SOLVED -> false;
            // On-demand without limit is always a way.
            case INFEASIBLE, UNBOUNDED, ABNORMAL, MODEL_INVALID ->
                throw new IllegalStateException("The program is " + status);
        };
    }
}
