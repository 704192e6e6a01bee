package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.Bound;
import dev.skyhedge.engine.simulate.MarketSelection;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Policies side by side, event by event, in the same stretches of a market and with the same requests.
///
/// @param request what was compared
/// @param markets each window's room for spot, in their order
/// @param bounds the least that each window can cost with hindsight, in micro-dollars; empty where there is none
/// @param policies in the order asked for
public record EventComparison(
        Request request, List<List<Steps>> markets, List<Optional<Bound>> bounds, List<PolicyOutcomes> policies) {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration PAPER_TICK = PaperProtocol.DEFAULT.tick();

    public EventComparison {
        markets = List.copyOf(markets);
        bounds = List.copyOf(bounds);
        policies = List.copyOf(policies);
    }

    /// What to compare.
    ///
    /// @param service what is declared; its placement gives way to each policy
    /// @param marketName what the market is called
    /// @param cloud whose market it is
    /// @param market in its own time, with the series that take part
    /// @param recordedSeries how many series there are, those included that do not take part
    /// @param policies by name
    /// @param offsets where in the market each window begins
    /// @param length of a window
    /// @param lags how long everything takes
    /// @param prices where the market has none
    /// @param workloadName what the requests are called; empty for none
    /// @param traffic the requests
    /// @param warmUp beginning of each window that availability does not count
    /// @param seed of all chance
    public record Request(
            ServiceSpec service,
            String marketName,
            String cloud,
            MarketTrace market,
            int recordedSeries,
            SequencedMap<String, PlacementSpec> policies,
            List<Duration> offsets,
            Duration length,
            Lags lags,
            PriceBook prices,
            String workloadName,
            Optional<TrafficSettings> traffic,
            Duration warmUp,
            long seed) {
        public Request {
            offsets = List.copyOf(offsets);
        }

        /// What the market's zones are called, in its own order.
        public List<String> zones() {
            return market.series().stream().map(MarketSeries::key).toList();
        }

        /// How many of the market's series take part, for people.
        public String seriesInWords() {
            return MarketSelection.inWords(market.series().size(), recordedSeries);
        }

        /// How many steps it takes: each policy and the bound in each window.
        public int steps() {
            return offsets.size() * (policies.size() + 1);
        }
    }

    /// One policy in all windows.
    ///
    /// @param name what it is called
    /// @param outcomes in the order of the windows
    public record PolicyOutcomes(String name, List<EventOutcome> outcomes) {
        public PolicyOutcomes {
            outcomes = List.copyOf(outcomes);
        }

        /// The mean of a figure over the windows.
        public double mean(ToDoubleFunction<EventOutcome> figure) {
            return outcomes.stream().mapToDouble(figure).average().orElse(0);
        }

        /// Its population standard deviation.
        public double deviation(ToDoubleFunction<EventOutcome> figure) {
            double mean = mean(figure);
            return Math.sqrt(outcomes.stream()
                    .mapToDouble(figure)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0));
        }
    }

    /// When a decision was made, since the beginning of its window.
    public static Duration sinceStart(Decision decision) {
        return Duration.between(START, decision.at());
    }

    /// Runs all of them, several at a time; the result does not depend on how many.
    ///
    /// @param progress is told of each step that is over, from any thread
    public static EventComparison run(Request request, Runnable progress) {
        var names = List.copyOf(request.policies().sequencedKeySet());
        var placements = List.copyOf(request.policies().sequencedValues());
        int windows = request.offsets().size();
        long[] seeds = new SplittableRandom(request.seed()).longs(windows).toArray();
        List<EventOutcome> outcomes = IntStream.range(0, names.size() * windows)
                .parallel()
                .mapToObj(i -> {
                    EventOutcome outcome = one(
                            request,
                            placements.get(i / windows),
                            request.offsets().get(i % windows),
                            seeds[i % windows]);
                    progress.run();
                    return outcome;
                })
                .toList();
        List<PolicyOutcomes> policies = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            policies.add(new PolicyOutcomes(names.get(i), outcomes.subList(i * windows, (i + 1) * windows)));
        }
        List<Optional<Bound>> bounds = IntStream.range(0, windows)
                .parallel()
                .mapToObj(i -> {
                    Optional<Bound> bound = bound(request, request.offsets().get(i), seeds[i]);
                    progress.run();
                    return bound;
                })
                .toList();
        return new EventComparison(request, markets(request), bounds, policies);
    }

    private static Optional<Bound> bound(Request request, Duration offset, long seed) {
        return EventBound.of(
                request.service(),
                placed(request, request.service(), offset, request.lags(), seed),
                request.lags(),
                request.length());
    }

    private static List<List<Steps>> markets(Request request) {
        return request.offsets().stream()
                .map(offset -> {
                    var market = new LaterMarket(request.market(), offset);
                    return market.series().stream()
                            .map(series -> room(market, series.key(), request.length()))
                            .toList();
                })
                .toList();
    }

    private static Steps room(MarketTrace market, String key, Duration length) {
        var steps = new Steps.Builder();
        Optional<Duration> at = Optional.of(Duration.ZERO);
        while (at.isPresent() && at.get().compareTo(length) < 0) {
            steps.add(at.get(), market.capacity(key, at.get()));
            at = market.nextChange(key, at.get());
        }
        return steps.build();
    }

    private static EventOutcome one(Request request, PlacementSpec placement, Duration offset, long seed) {
        Lags lags = paced(request.lags(), placement);
        MarketCloud placed = placed(request, request.service().with(placement), offset, lags, seed);
        return EventSimulation.run(
                new EventSimulation.Settings(
                        placed.spec(), placed.description(), START, lags, request.traffic(), request.warmUp(), seed),
                request.length());
    }

    private static MarketCloud placed(Request request, ServiceSpec service, Duration offset, Lags lags, long seed) {
        return MarketCloud.of(
                service.alone(),
                request.cloud(),
                new LaterMarket(request.market(), offset),
                START,
                request.prices(),
                lags,
                seed);
    }

    /// The published rules that remember no refusal learn of one at their next tick; told at once, they would
    /// ask again at once, for as long as there is no room.
    private static Lags paced(Lags lags, PlacementSpec placement) {
        return switch (placement) {
            case PlacementSpec.EvenSpread _,
                    PlacementSpec.RoundRobin _,
                    PlacementSpec.Asg _,
                    PlacementSpec.SpotOnly _ -> lags.withRefusal(new Lag.Constant(PAPER_TICK));
            case PlacementSpec.SpotHedge spotHedge ->
                spotHedge.rule() == PlacementSpec.SpotHedge.Rule.ARTIFACT
                        ? lags.withRefusal(new Lag.Constant(PAPER_TICK))
                        : lags;
            case PlacementSpec.Skyhedge _, PlacementSpec.OnDemand _ -> lags;
        };
    }
}
