package dev.skyhedge.engine.simulate;

import dev.skyhedge.specs.PlacementSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Policies side by side in the same windows: everything that a report is made of.
///
/// @param service name of the service
/// @param market what it was simulated in
/// @param protocol how
/// @param seed made the windows' zone orders and the random choices of policies
/// @param windows the windows, in order
/// @param bounds the least that each window can cost, in the order of the windows; empty where it was not found
/// @param policies the policies, in the order asked for
public record Comparison(
        String service,
        MarketSource market,
        PaperProtocol protocol,
        long seed,
        List<MarketWindow> windows,
        List<Optional<Bound>> bounds,
        List<PolicyRuns> policies) {
    /// A gap to the bound of less than this share is not worth closing.
    private static final double LEAST_GAP = 0.005;

    public Comparison {
        windows = List.copyOf(windows);
        bounds = List.copyOf(bounds);
        policies = List.copyOf(policies);
    }

    /// One policy in all windows.
    ///
    /// @param name what it is called
    /// @param placement what it is
    /// @param runs in the order of the windows
    /// @param ownBounds the least that each window can cost at the availability that the policy reached there; no
    ///     elements if that was not asked for
    public record PolicyRuns(String name, PlacementSpec placement, List<Run> runs, List<Optional<Bound>> ownBounds) {
        public PolicyRuns {
            runs = List.copyOf(runs);
            ownBounds = List.copyOf(ownBounds);
        }
    }

    /// What a policy saved of what could have been saved.
    ///
    /// @param share of the gap between the reference and the bound: 1 at the bound, negative if dearer than the
    ///     reference
    /// @param isLessAvailable whether the policy was less available than the reference by any of the three
    ///     availabilities, so that the comparison limps
    public record GapClosed(double share, boolean isLessAvailable) {}

    /// The policy that others are measured by; empty if it is not among them.
    public Optional<PolicyRuns> reference() {
        return policies.stream()
                .filter(policy -> policy.name().equals(Policies.REFERENCE))
                .findFirst();
    }

    /// How much of the gap a policy closed in one window; empty if there is none worth closing or nothing to
    /// measure it by.
    public Optional<GapClosed> gapClosed(PolicyRuns policy, int window) {
        Optional<Bound> bound = bounds.get(window);
        if (reference().isEmpty() || bound.isEmpty()) {
            return Optional.empty();
        }
        Outcome reached = policy.runs().get(window).outcome();
        Outcome reference = reference().get().runs().get(window).outcome();
        return closed(
                reference.costShare(),
                reached.costShare(),
                bound.get().costShare(),
                isLessAvailable(figure -> figure.of(reached), figure -> figure.of(reference)));
    }

    /// How much of the gap a policy closed in the mean over all windows.
    public Optional<GapClosed> gapClosed(PolicyRuns policy) {
        OptionalDouble bound = meanBound();
        if (reference().isEmpty() || bound.isEmpty()) {
            return Optional.empty();
        }
        List<Run> reference = reference().get().runs();
        return closed(
                Spread.of(reference, Outcome::costShare).mean(),
                Spread.of(policy.runs(), Outcome::costShare).mean(),
                bound.getAsDouble(),
                isLessAvailable(
                        figure -> Spread.of(policy.runs(), figure::of).mean(),
                        figure -> Spread.of(reference, figure::of).mean()));
    }

    private static boolean isLessAvailable(ToDoubleFunction<Figure> reached, ToDoubleFunction<Figure> reference) {
        return reached.applyAsDouble(Figure.FULL) < reference.applyAsDouble(Figure.FULL)
                || reached.applyAsDouble(Figure.CAPACITY) < reference.applyAsDouble(Figure.CAPACITY)
                || reached.applyAsDouble(Figure.OUTAGE) > reference.applyAsDouble(Figure.OUTAGE);
    }

    /// The mean of all bounds, as a share of on-demand; empty unless all were found.
    public OptionalDouble meanBound() {
        return bounds.isEmpty() || bounds.stream().anyMatch(Optional::isEmpty)
                ? OptionalDouble.empty()
                : bounds.stream()
                        .mapToDouble(bound -> bound.orElseThrow().costShare())
                        .average();
    }

    private static Optional<GapClosed> closed(double reference, double reached, double bound, boolean isLessAvailable) {
        return reference - bound < LEAST_GAP
                ? Optional.empty()
                : Optional.of(new GapClosed((reference - reached) / (reference - bound), isLessAvailable));
    }
}
