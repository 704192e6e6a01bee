package dev.skyhedge.engine.simulate;

import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// Plays several policies in the same windows by the paper's protocol.
public final class PaperComparison {
    /// What to compare.
    ///
    /// @param service what is declared
    /// @param market where
    /// @param protocol how
    /// @param policies which, by name
    /// @param offsets windows, in ticks from the market's beginning
    /// @param seed makes orders of zones and random choices
    /// @param ownBounds whether to find the bound at each policy's own availability, too
    public record Request(
            ServiceSpec service,
            MarketSource market,
            PaperProtocol protocol,
            SequencedMap<String, PlacementSpec> policies,
            List<Long> offsets,
            long seed,
            boolean ownBounds) {
        public Request {
            offsets = List.copyOf(offsets);
        }

        /// How many steps it takes: each policy and the bound in each window.
        public int steps() {
            return offsets.size() * (policies.size() + 1);
        }
    }

    private final Request request;
    private final Runnable progress;

    private PaperComparison(Request request, Runnable progress) {
        this.request = request;
        this.progress = progress;
    }

    /// Plays them, on all processors. The result does not depend on how many those are.
    ///
    /// @param progress is told of each step that is over, from any thread
    public static Comparison run(Request request, Runnable progress) {
        return new PaperComparison(request, progress).run();
    }

    private Comparison run() {
        List<MarketWindow> windows = MarketWindows.cut(
                request.market().inPaper(),
                request.market().cloud(),
                request.offsets(),
                request.protocol(),
                request.seed());
        List<Comparison.PolicyRuns> policies = new ArrayList<>();
        request.policies().forEach((name, placement) -> policies.add(runs(name, placement, windows)));
        List<Optional<Bound>> bounds = windows.parallelStream()
                .map(window -> step(OmniscientBound.of(window, request.protocol())))
                .toList();
        return new Comparison(
                request.service().name(),
                request.market(),
                request.protocol(),
                request.seed(),
                windows,
                bounds,
                policies);
    }

    private Comparison.PolicyRuns runs(String name, PlacementSpec placement, List<MarketWindow> windows) {
        ServiceSpec service = request.service().with(placement).alone();
        List<Run> runs = windows.parallelStream()
                .map(window ->
                        step(PaperRun.of(service, window, request.protocol(), request.seed() * 31 + window.offset())))
                .toList();
        List<Optional<Bound>> ownBounds = request.ownBounds()
                ? IntStream.range(0, runs.size())
                        .parallel()
                        .mapToObj(i -> OmniscientBound.atAvailability(
                                windows.get(i),
                                request.protocol(),
                                runs.get(i).outcome().full()))
                        .toList()
                : List.of();
        return new Comparison.PolicyRuns(name, placement, runs, ownBounds);
    }

    private <T> T step(T result) {
        progress.run();
        return result;
    }
}
