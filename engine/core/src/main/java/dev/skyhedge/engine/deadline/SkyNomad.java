package dev.skyhedge.engine.deadline;

import dev.skyhedge.engine.deadline.ZoneHistory.Run;
import dev.skyhedge.engine.deadline.ZoneHistory.Sighting;
import dev.skyhedge.spi.Market;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The policy of SkyNomad (NSDI 2027; arXiv 2601.06520), from its description: hourly probes, the
/// remaining life of spot by [Survival], the worth of an hour of progress from what finishing is
/// going to cost, and whatever scores best by it. A baseline; not the published code.
///
/// @param lifeCapHours the most that an instance is believed to last
public record SkyNomad(double lifeCapHours) implements DeadlinePolicy {
    private static final double PROBE_EVERY_HOURS = 1;
    private static final double AVAILABILITY_HOURS = 12;
    private static final double PACE_HOURS = 10;
    private static final double WORTH = 1.2;
    private static final double MARGIN = 0.05;

    /// Something that could be held.
    private record Option(int zone, Market market, double score) {}

    @Override
    public Order next(JobView view) {
        for (int zone = 0; zone < view.zones().size(); zone++) {
            if (isDue(view, zone)) {
                return new Order.Probe(zone, "it was not looked at for an hour");
            }
        }
        double worth = WORTH * referencePrice(view);
        double now = view.held().map(held -> heldScore(view, held, worth)).orElse(0.0);
        Optional<Option> best = IntStream.range(0, view.zones().size())
                .filter(zone -> !view.failedNow(zone) && !isHeld(view, zone, Market.SPOT))
                .mapToObj(zone -> new Option(zone, Market.SPOT, launchScore(view, zone, worth)))
                .max(Comparator.comparingDouble(Option::score));
        if (best.isPresent() && best.get().score() > now + MARGIN * worth) {
            return view.go(best.get().zone(), Market.SPOT, "it scores best");
        }
        if (view.held().isPresent() && now > 0) {
            return new Order.Stay("nothing scores better");
        }
        int zone = view.onDemandZone();
        boolean onDemand = view.held().isPresent() && !view.held().get().isSpot();
        if (worth > view.zones().get(zone).onDemandPrice() || isBehind(view)) {
            return onDemand
                    ? new Order.Stay("the pace will not do")
                    : view.go(zone, Market.ON_DEMAND, "the pace will not do");
        }
        return view.held().filter(Holding::isSpot).isPresent()
                ? new Order.Stay("nothing scores better")
                : new Order.Wait("nothing is worth its price");
    }

    private static boolean isHeld(JobView view, int zone, Market market) {
        return view.held()
                .filter(held -> held.zone() == zone && held.market() == market)
                .isPresent();
    }

    private static boolean isDue(JobView view, int zone) {
        List<Sighting> seen = view.zones().get(zone).history().sightings();
        return !isHeld(view, zone, Market.SPOT)
                && (seen.isEmpty() || view.nowHours() - seen.getLast().atHours() >= PROBE_EVERY_HOURS - Rounding.HOURS);
    }

    private static boolean isBehind(JobView view) {
        double span = Math.min(PACE_HOURS, view.nowHours());
        if (span < PACE_HOURS) {
            return false;
        }
        double from = view.nowHours() - span;
        double progress = view.zones().stream()
                .flatMap(zone -> zone.history().runs().stream())
                .mapToDouble(run -> overlap(view, run, from))
                .sum();
        double held = view.held()
                .map(holding -> overlap(view, new Run(holding.sinceHours(), view.nowHours(), false), from))
                .orElse(0.0);
        return (progress + held) / span * view.timeLeftHours() < view.workLeftHours();
    }

    private static double overlap(JobView view, Run run, double from) {
        double begins = Math.max(from, run.fromHours() + view.terms().restartHours());
        return Math.max(0, run.toHours() - begins);
    }

    private double heldScore(JobView view, Holding held, double worth) {
        ZoneView zone = view.zones().get(held.zone());
        double life = held.isSpot() ? life(view, held.zone()) : view.workLeftHours();
        double price = held.isSpot() ? zone.spotPrice() : zone.onDemandPrice();
        double progress = Math.max(0, 1 - held.overheadLeftHours() / Math.max(life, Rounding.HOURS));
        return worth * progress - price;
    }

    private double launchScore(JobView view, int index, double worth) {
        ZoneView zone = view.zones().get(index);
        double life = life(view, index);
        double restart = view.restartHours(index);
        return worth * Math.max(0, 1 - restart / Math.max(life, Rounding.HOURS))
                - zone.spotPrice()
                - view.transfer(index).dollars() / Math.max(life, Rounding.HOURS);
    }

    private double life(JobView view, int zone) {
        double age = isHeld(view, zone, Market.SPOT)
                ? view.nowHours() - view.held().orElseThrow().sinceHours()
                : 0;
        double cap = Math.min(lifeCapHours, view.workLeftHours() + view.terms().restartHours());
        return Survival.of(view.zones().get(zone).history(), view.nowHours(), age)
                .remainingHours(age, cap);
    }

    /// An hour of progress if the rest is done as cheaply as the availability of the last hours
    /// lets one.
    private double referencePrice(JobView view) {
        List<Integer> order = IntStream.range(0, view.zones().size())
                .boxed()
                .sorted(Comparator.comparingDouble(zone -> adjustedPrice(view, zone)))
                .toList();
        double left = view.workLeftHours();
        double time = view.timeLeftHours();
        double dollars = 0;
        for (int zone : order) {
            double hours = Math.min(left, time * availability(view, zone));
            dollars += hours * adjustedPrice(view, zone)
                    + (hours > 0 ? view.transfer(zone).dollars() : 0);
            left -= hours;
        }
        double onDemand = view.zones().get(view.onDemandZone()).onDemandPrice();
        return (dollars + left * onDemand) / view.workLeftHours();
    }

    private double adjustedPrice(JobView view, int zone) {
        double life = life(view, zone);
        double restart = view.restartHours(zone);
        double onDemand = view.zones().get(zone).onDemandPrice();
        return life <= restart
                ? onDemand
                : Math.min(onDemand, view.zones().get(zone).spotPrice() * life / (life - restart));
    }

    private static double availability(JobView view, int zone) {
        List<Sighting> seen = view.zones().get(zone).history().sightings().stream()
                .filter(sighting -> sighting.atHours() >= view.nowHours() - AVAILABILITY_HOURS)
                .toList();
        if (isHeld(view, zone, Market.SPOT)) {
            return 1;
        }
        return seen.isEmpty()
                ? 0
                : (double) seen.stream().filter(Sighting::available).count() / seen.size();
    }
}
