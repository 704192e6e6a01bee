package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.PlacementSpec;
import java.util.OptionalInt;

/// What workloads do without, so that a budget lasts. What is protected does without nothing.
///
/// @param spares whether spot replicas are kept beyond the wanted number
/// @param standIns whether on-demand replicas stand in for more than the minimum
/// @param fewer by how many replicas each stays below what it wants, down to its minimum
/// @param minimum whether it keeps even that
public record Economy(boolean spares, boolean standIns, int fewer, boolean minimum) {
    /// Nothing is given up.
    public static final Economy NONE = new Economy(true, true, 0, true);

    public static final Economy NO_SPARES = new Economy(false, true, 0, true);
    public static final Economy NO_STAND_INS = new Economy(false, false, 0, true);

    /// Nothing is left.
    public static final Economy NOTHING_LEFT = new Economy(false, false, Integer.MAX_VALUE, false);

    public Economy {
        if (fewer < 0) {
            throw new IllegalArgumentException("Fewer by less than nothing: " + fewer);
        }
    }

    /// Without spares and stand-ins, and so many fewer replicas.
    public static Economy fewer(int replicas) {
        return new Economy(false, false, replicas, true);
    }

    /// Whether anything is given up.
    public boolean isAny() {
        return !equals(NONE);
    }

    /// How many replicas there are to be of so many that are wanted.
    public int afforded(int wanted, int least) {
        return minimum ? Math.max(Math.min(wanted, least), wanted - fewer) : 0;
    }

    /// How replicas are placed.
    public PlacementSpec placement(PlacementSpec asked) {
        return spares
                ? asked
                : switch (asked) {
                    case PlacementSpec.Skyhedge chosen ->
                        new PlacementSpec.Skyhedge(
                                OptionalInt.of(0),
                                chosen.availability(),
                                chosen.outageUsdPerMinute(),
                                chosen.onDemandFallback(),
                                chosen.onDemandBase());
                    case PlacementSpec.SpotHedge fixed ->
                        new PlacementSpec.SpotHedge(fixed.rule(), 0, fixed.onDemandFallback(), fixed.onDemandBase());
                    case PlacementSpec.EvenSpread _,
                            PlacementSpec.RoundRobin _,
                            PlacementSpec.Asg _,
                            PlacementSpec.SpotOnly _,
                            PlacementSpec.OnDemand _ -> asked;
                };
    }

    /// For how many replicas on-demand may stand in at most.
    public int standInsFor(int least) {
        if (standIns) {
            return Integer.MAX_VALUE;
        }
        return minimum ? least : 0;
    }

    /// What is given up, for people; empty if nothing is.
    public String text() {
        if (!minimum) {
            return "everything that is not protected";
        }
        if (fewer > 0) {
            return "spares, stand-ins beyond the minimum and "
                    + (fewer == 1 ? "a replica" : "up to " + fewer + " replicas") + " of each service";
        }
        if (!standIns) {
            return "spares and stand-ins beyond the minimum";
        }
        return spares ? "" : "spares";
    }
}
