package dev.skyhedge.engine.deadline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a job sees, and what it is worth to [PatientSpot].
///
/// @param progress what an hour of progress costs on the whole
/// @param slack what an hour without progress costs
record Situation(JobView view, List<ZoneOutlook> outlooks, double progress, double slack) {
    private static final double PROBE_HOURS = 1 / 60.0;
    private static final double PROBE_EVERY_HOURS = 1;
    /// How old room is that has lasted.
    private static final double LASTING_HOURS = 4;
    /// How many probes it takes to know that.
    private static final double PROBES = 8;
    /// How old room may have to be before it is taken.
    private static final List<Double> AGES_HOURS = List.of(0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5);

    /// What something in a zone is worth.
    record Worth(int zone, double dollars) {}

    static Situation of(JobView view) {
        List<ZoneOutlook> outlooks = IntStream.range(0, view.zones().size())
                .mapToObj(zone -> ZoneOutlook.of(view, zone))
                .toList();
        double onDemand = view.zones().get(view.onDemandZone()).onDemandPrice();
        double cheapest =
                view.zones().stream().mapToDouble(ZoneView::spotPrice).min().orElse(onDemand);
        double slack = SlackWorth.of(view, cheapest, onDemand).dollarsPerHour();
        Situation draft = new Situation(view, outlooks, 0, slack);
        double progress = IntStream.range(0, view.zones().size())
                .mapToDouble(draft::cycle)
                .min()
                .orElse(onDemand);
        return new Situation(view, outlooks, Math.min(progress, onDemand), slack);
    }

    private double cap() {
        return view.workLeftHours() + view.terms().restartHours();
    }

    /// What an hour of progress costs who stays with one zone.
    private double cycle(int zone) {
        ZoneOutlook outlook = outlooks.get(zone);
        double price = view.zones().get(zone).spotPrice();
        double restart = view.terms().restartHours();
        double least = Double.POSITIVE_INFINITY;
        for (double age : AGES_HOURS) {
            double reached = outlook.law().survival(0, age);
            double life = outlook.lifeHours(age, cap());
            double lost = outlook.lifeHours(age, restart);
            double waited = outlook.meanDownHours() + outlook.lifeHours(0, age);
            double dollars =
                    (age > 0 ? price * PROBE_HOURS : 0) + slack * (waited + reached * lost) + reached * price * life;
            least = Math.min(least, dollars / (reached * (life - lost)));
        }
        return least;
    }

    /// Of a launch when the room has that age.
    private double launch(int zone, double age) {
        ZoneOutlook outlook = outlooks.get(zone);
        double restart = view.restartHours(zone);
        double life = outlook.lifeHours(age, view.workLeftHours() + restart);
        double lost = outlook.lifeHours(age, restart);
        return progress * (life - lost)
                - view.zones().get(zone).spotPrice() * life
                - slack * lost
                - view.transfer(zone).dollars();
    }

    /// Among those that have not refused in this tick.
    Optional<Worth> bestLaunch() {
        return IntStream.range(0, view.zones().size())
                .filter(zone -> !view.failedNow(zone) && view.zones().get(zone).spotPrice() < onDemandPrice())
                .mapToObj(
                        zone -> new Worth(zone, launch(zone, outlooks.get(zone).ageHours())))
                .max(Comparator.comparingDouble(Worth::dollars));
    }

    /// From a spot instance, beside staying there.
    Optional<Worth> bestMove(Holding held) {
        return IntStream.range(0, view.zones().size())
                .filter(zone -> zone != held.zone() && !view.failedNow(zone))
                .mapToObj(zone ->
                        new Worth(zone, move(held, zone, outlooks.get(zone).ageHours())))
                .max(Comparator.comparingDouble(Worth::dollars));
    }

    /// The zone to look at from a spot instance: where a move would pay for many probes if
    /// room had lasted there.
    Optional<Integer> worthAProbe(Holding held) {
        return IntStream.range(0, view.zones().size())
                .filter(zone -> zone != held.zone() && !wasSeen(zone, PROBE_EVERY_HOURS))
                .mapToObj(zone -> new Worth(zone, move(held, zone, LASTING_HOURS)))
                .filter(worth -> worth.dollars()
                        > PROBES * PROBE_HOURS * view.zones().get(worth.zone()).spotPrice())
                .max(Comparator.comparingDouble(Worth::dollars))
                .map(Worth::zone);
    }

    private boolean wasSeen(int zone, double withinHours) {
        List<ZoneHistory.Sighting> seen = view.zones().get(zone).history().sightings();
        return !seen.isEmpty() && view.nowHours() - seen.getLast().atHours() < withinHours - Rounding.HOURS;
    }

    /// What is saved until it is lost, less what it takes to go there, and to come back.
    private double move(Holding held, int zone, double age) {
        ZoneOutlook here = outlooks.get(held.zone());
        ZoneOutlook there = outlooks.get(zone);
        double herePrice = view.zones().get(held.zone()).spotPrice();
        double price = view.zones().get(zone).spotPrice();
        double restart = view.restartHours(zone);
        double life = there.lifeHours(age, view.workLeftHours() + restart);
        double lost = there.lifeHours(age, restart);
        double soonest = there.rate(age) / (there.rate(age) + here.rate(here.ageHours()));
        double back = (herePrice + slack) * view.terms().restartHours()
                + view.transfers().get(zone).get(held.zone()).dollars();
        return (herePrice - price) * (life - lost)
                - (price + slack) * lost
                - view.transfer(zone).dollars()
                - soonest * back;
    }

    private double onDemandPrice() {
        return view.zones().get(view.onDemandZone()).onDemandPrice();
    }

    /// What an hour on demand costs beside an hour on spot.
    double onDemandRate() {
        return Math.max(0, onDemandPrice() - cheapestSpot());
    }

    private double cheapestSpot() {
        return view.zones().stream().mapToDouble(ZoneView::spotPrice).min().orElse(onDemandPrice());
    }

    /// Whether to bridge the time until that zone has room on demand, rather than to wait.
    boolean isOnDemandBetter(int zone) {
        double hours = outlooks.get(zone).remainingDownHours();
        double restart = view.restartHours(view.onDemandZone());
        return (slack - onDemandRate()) * (hours - restart) > onDemandPrice() * restart;
    }

    /// Of waiting for a zone: until it has room again, or until its room is older.
    Worth bestWait(double rate) {
        Worth best = new Worth(-1, Double.NEGATIVE_INFINITY);
        for (int zone = 0; zone < outlooks.size(); zone++) {
            double dollars = waiting(zone, rate);
            if (dollars > best.dollars()) {
                best = new Worth(zone, dollars);
            }
        }
        return best;
    }

    private double waiting(int zone, double rate) {
        ZoneOutlook outlook = outlooks.get(zone);
        boolean down = view.failedNow(zone);
        double from = down ? 0 : outlook.ageHours();
        double best = Double.NEGATIVE_INFINITY;
        for (double more : AGES_HOURS) {
            if (down || more > 0) {
                double waited = outlook.lifeHours(from, more);
                double dollars = outlook.law().survival(from, more) * launch(zone, from + more) - rate * waited;
                double probe =
                        more > 0 && !isSeenUp(zone) ? view.zones().get(zone).spotPrice() * PROBE_HOURS : 0;
                best = Math.max(best, dollars - probe);
            }
        }
        return best - (down ? rate * outlook.remainingDownHours() : 0);
    }

    /// Whether the room of now has been seen before.
    boolean isSeenUp(int zone) {
        List<ZoneHistory.Sighting> seen = view.zones().get(zone).history().sightings();
        return !seen.isEmpty() && seen.getLast().available();
    }
}
