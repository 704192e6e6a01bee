package dev.skyhedge.engine.deadline;

import dev.skyhedge.engine.deadline.ZoneHistory.Sighting;
import dev.skyhedge.spi.Market;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Uniform progress, after Wu et al., "Can't Be Late" (NSDI 2024): spot whenever there is some,
/// on demand whenever the job is behind a progress that is even over the time until its deadline,
/// and nothing otherwise. Over several zones it comes in forms that differ in where they look for
/// spot, and in whether they probe.
public record UniformProgress(Form form) implements DeadlinePolicy {
    /// How zones are chosen.
    public enum Form {
        /// Where it was, else the first that has room.
        EAGER,
        /// The one that had room most often, by hourly probes.
        AVAILABILITY,
        /// The one with the least price by availability, by hourly probes.
        PROBES_AND_PRICE
    }

    private static final double PROBE_EVERY_HOURS = 1;

    @Override
    public Order next(JobView view) {
        if (view.held().isPresent() && view.held().get().isSpot()) {
            return new Order.Stay("spot lasts");
        }
        if (form != Form.EAGER) {
            for (int zone = 0; zone < view.zones().size(); zone++) {
                if (isDue(view, zone)) {
                    return new Order.Probe(zone, "it was not looked at for an hour");
                }
            }
        }
        double done = view.terms().workHours() - view.workLeftHours();
        double pace = view.terms().workHours() / view.terms().deadlineHours();
        boolean onDemand = view.held().isPresent();
        double ahead = onDemand ? 2 * view.terms().restartHours() : 0;
        if (!onDemand || done >= (view.nowHours() + ahead) * pace) {
            for (int zone : order(view)) {
                if (!view.failedNow(zone)) {
                    return view.go(zone, Market.SPOT, "spot is tried first");
                }
            }
        }
        if (onDemand) {
            return done >= (view.nowHours() + ahead) * pace
                    ? new Order.Wait("ahead of even progress")
                    : new Order.Stay("behind even progress");
        }
        return done < view.nowHours() * pace
                ? new Order.Launch(view.onDemandZone(), Market.ON_DEMAND, "behind even progress")
                : new Order.Wait("ahead of even progress");
    }

    private static boolean isDue(JobView view, int zone) {
        List<Sighting> seen = view.zones().get(zone).history().sightings();
        return seen.isEmpty() || view.nowHours() - seen.getLast().atHours() >= PROBE_EVERY_HOURS - Rounding.HOURS;
    }

    private List<Integer> order(JobView view) {
        Comparator<Integer> order = switch (form) {
            case EAGER -> Comparator.comparing(zone -> view.checkpoint().orElse(-1) != zone);
            case AVAILABILITY ->
                Comparator.comparing(zone -> -availability(view.zones().get(zone)));
            case PROBES_AND_PRICE ->
                Comparator.comparing(zone -> view.zones().get(zone).spotPrice()
                        / availability(view.zones().get(zone)));
        };
        return IntStream.range(0, view.zones().size()).boxed().sorted(order).toList();
    }

    private static double availability(ZoneView zone) {
        List<Sighting> seen = zone.history().sightings();
        return (1.0 + seen.stream().filter(Sighting::available).count()) / (2.0 + seen.size());
    }
}
