package dev.skyhedge.engine.deadline;

import dev.skyhedge.engine.deadline.ZoneHistory.Run;
import dev.skyhedge.engine.deadline.ZoneHistory.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How long spot lasts in a zone, after Nelson and Aalen: at each age at which a run was lost the
/// cumulative hazard grows by one in as many as were that old. Runs are own instances and chains
/// of probes that found room.
final class Survival {
    /// Probes further apart than this belong to different runs.
    private static final double CHAIN_HOURS = 2.5;

    private final List<Run> runs;
    private final double burst;

    private Survival(List<Run> runs, double burst) {
        this.runs = runs;
        this.burst = burst;
    }

    /// Of what was seen so far.
    ///
    /// @param heldHours age of the own instance there; 0 if there is none
    static Survival of(ZoneHistory history, double nowHours, double heldHours) {
        List<Run> runs = new ArrayList<>(history.runs());
        runs.addAll(probed(history));
        if (heldHours > 0) {
            runs.add(new Run(nowHours - heldHours, nowHours, false));
        }
        runs.sort(Comparator.comparingDouble(Run::toHours));
        return new Survival(runs, new Survival(runs, 1).burstFactor());
    }

    private static List<Run> probed(ZoneHistory history) {
        List<Run> chains = new ArrayList<>();
        double from = Double.NaN;
        double last = Double.NaN;
        for (Sighting sighting : history.sightings()) {
            double at = sighting.atHours();
            boolean owned = history.runs().stream().anyMatch(run -> run.fromHours() <= at && at <= run.toHours());
            boolean goes = !Double.isNaN(from) && at - last <= CHAIN_HOURS && !owned;
            if (goes && sighting.available()) {
                last = at;
            } else {
                if (!Double.isNaN(from) && (last > from || goes)) {
                    chains.add(new Run(from, goes ? at : last, goes));
                }
                from = sighting.available() && !owned ? at : Double.NaN;
                last = from;
            }
        }
        if (!Double.isNaN(from) && last > from) {
            chains.add(new Run(from, last, false));
        }
        return chains;
    }

    /// Losses over expected losses in the newest stretch of risk up to one, at least 1.
    private double burstFactor() {
        double expected = 0;
        int losses = 0;
        for (int i = runs.size() - 1; i >= 0 && expected < 1; i--) {
            Run run = runs.get(i);
            expected += hazard(0, run.toHours() - run.fromHours());
            losses += run.lost() ? 1 : 0;
        }
        return expected <= 0 ? 1 : Math.max(1, losses / Math.max(1, expected));
    }

    /// The cumulative hazard between two ages.
    private double hazard(double from, double to) {
        double sum = 0;
        for (Run run : runs) {
            double age = run.toHours() - run.fromHours();
            if (run.lost() && age > from && age <= to) {
                sum += 1.0 / atRisk(age);
            }
        }
        return sum;
    }

    private long atRisk(double age) {
        return runs.stream()
                .filter(run -> run.toHours() - run.fromHours() >= age)
                .count();
    }

    /// Expected remaining life at an age, no more than `capHours`.
    double remainingHours(double ageHours, double capHours) {
        double[] ages = runs.stream()
                .filter(Run::lost)
                .mapToDouble(run -> run.toHours() - run.fromHours())
                .filter(age -> age > ageHours && age <= ageHours + capHours)
                .sorted()
                .toArray();
        double life = 0;
        double cumulative = 0;
        double at = ageHours;
        for (double age : ages) {
            life += (age - at) * Math.exp(-burst * cumulative);
            cumulative += 1.0 / atRisk(age);
            at = age;
        }
        return life + (ageHours + capHours - at) * Math.exp(-burst * cumulative);
    }
}
