package dev.skyhedge.engine.deadline;

import dev.skyhedge.engine.deadline.ZoneHistory.Run;
import dev.skyhedge.engine.deadline.ZoneHistory.Sighting;
import java.util.List;

/// What is to be expected of a zone's spot market, from what the job has seen of it.
///
/// @param law of its losses
/// @param ageHours of the room that is there, or would be if there is some
/// @param downHours how long there has been none; 0 if it was not so when last seen
/// @param meanDownHours how long it takes until there is room again, once it is gone
record ZoneOutlook(SpotLaw law, double ageHours, double downHours, double meanDownHours) {
    /// How many losses, and how many recoveries, the common law weighs against those of the zone.
    private static final double LOSSES_BELIEVED = 2;
    private static final double RECOVERIES_BELIEVED = 2;
    private static final double DOWN_SCALE_HOURS = 0.33;
    private static final double LONGEST_DOWN_HOURS = 4;
    /// Room that was not looked at may be as old as it likes, but not for us.
    private static final double UNSEEN_HOURS = 1;

    static ZoneOutlook of(JobView view, int zone) {
        ZoneHistory history = view.zones().get(zone).history();
        double heldSince = view.held()
                .filter(held -> held.isSpot() && held.zone() == zone)
                .map(Holding::sinceHours)
                .orElse(Double.NaN);
        double now = view.nowHours();
        double losses = LOSSES_BELIEVED;
        double expected = LOSSES_BELIEVED;
        for (Run run : history.runs()) {
            double age = age(history.sightings(), run.fromHours());
            expected += SpotLaw.COUNTED.losses(age, age + run.hours());
            losses += run.lost() ? 1 : 0;
        }
        double age = age(history.sightings(), now);
        if (!Double.isNaN(heldSince)) {
            double atLaunch = age(history.sightings(), heldSince);
            age = atLaunch + now - heldSince;
            expected += SpotLaw.COUNTED.losses(atLaunch, age);
        }
        return new ZoneOutlook(
                SpotLaw.COUNTED.times(losses / expected),
                age,
                Double.isNaN(heldSince) ? downHours(history.sightings(), now) : 0,
                meanDown(history.sightings()));
    }

    /// The age of room that is there at that time.
    private static double age(List<Sighting> seen, double atHours) {
        double failed = Double.NaN;
        double found = atHours;
        for (Sighting sighting : seen) {
            if (sighting.atHours() > atHours) {
                break;
            }
            if (!sighting.available()) {
                failed = sighting.atHours();
                found = atHours;
            } else if (found > sighting.atHours()) {
                found = sighting.atHours();
            }
        }
        double before = Double.isNaN(failed) ? UNSEEN_HOURS : Math.min(UNSEEN_HOURS, (found - failed) / 2);
        return atHours - found + before;
    }

    private static double downHours(List<Sighting> seen, double now) {
        if (seen.isEmpty() || seen.getLast().available()) {
            return 0;
        }
        int first = seen.size() - 1;
        while (first > 0 && !seen.get(first - 1).available()) {
            first--;
        }
        return now - seen.get(first).atHours();
    }

    private static double meanDown(List<Sighting> seen) {
        double down = RECOVERIES_BELIEVED * remainingDown(0);
        double recoveries = RECOVERIES_BELIEVED;
        for (int i = 1; i < seen.size(); i++) {
            if (!seen.get(i - 1).available()) {
                down += seen.get(i).atHours() - seen.get(i - 1).atHours();
                recoveries += seen.get(i).available() ? 1 : 0;
            }
        }
        return down / recoveries;
    }

    private static double remainingDown(double downHours) {
        double scale = DOWN_SCALE_HOURS + downHours;
        return scale * Math.log(1 + LONGEST_DOWN_HOURS / scale);
    }

    /// How much longer there is going to be none.
    double remainingDownHours() {
        return meanDownHours * remainingDown(downHours) / remainingDown(0);
    }

    /// Losses an hour, at an age.
    double rate(double age) {
        return law.shape() / (law.scaleHours() + age);
    }

    /// The mean life of an instance that is launched when the room has that age, cut at so many
    /// hours.
    double lifeHours(double age, double capHours) {
        return law.meanHours(age, capHours);
    }
}
