package dev.skyhedge.engine.pool;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.Set;

/// What somebody wants of a pool. Amounts are in [shares][Pool#SHARES] and whole multiples of the
/// unit.
///
/// @param name identifies it; somebody who wants parts of different importance has several
/// @param nature how it stands to others
/// @param unit the least that is of use: a whole machine, a half, a quarter, or one share
/// @param floor the least that it is to have
/// @param wanted at least the floor
/// @param kept beyond what is wanted: spares and stand-ins that are being phased out. It is paid
///     for while it is kept, whoever has it, and counts as idle: others may have it meanwhile
/// @param worth of a machine; for background work that is worth less than a machine costs none is
///     rented beyond the floor, and it has what is idle
/// @param grace in which it gives way
/// @param held what it has now
public record Claim(
        String name,
        Nature nature,
        int unit,
        int floor,
        int wanted,
        int kept,
        HourlyPrice worth,
        Duration grace,
        int held) {
    /// Each a multiple of those below it, so that what is in use can always be packed without a
    /// gap.
    private static final Set<Integer> UNITS = Set.of(1, 5, 10, 20);

    /// How a claim stands to others.
    public enum Nature {
        /// Serves, and must not be lost.
        PROTECTED(false),
        /// Serves.
        SERVICE(false),
        /// Gives way to those that serve, and has what they leave.
        BACKGROUND(true),
        /// The same, and would miss its deadline if it had less than it wants.
        LATE(true);

        private final boolean givesWay;

        Nature(boolean givesWay) {
            this.givesWay = givesWay;
        }

        /// Whether it is background work.
        public boolean givesWay() {
            return givesWay;
        }
    }

    public Claim {
        boolean whole =
                UNITS.contains(unit) && floor % unit == 0 && wanted % unit == 0 && kept % unit == 0 && held % unit == 0;
        if (!whole || floor < 0 || wanted < floor || kept < 0 || held < 0) {
            throw new IllegalArgumentException("the claim of " + name + " with units of " + unit + ": a floor of "
                    + floor + ", wanted " + wanted + ", kept " + kept + ", held " + held);
        }
    }

    /// The same once it has so much.
    public Claim withHeld(int shares) {
        return new Claim(name, nature, unit, floor, wanted, kept, worth, grace, shares);
    }

    int wholeUnits(int shares) {
        return shares - Math.floorMod(shares, unit);
    }
}
