package dev.skyhedge.engine.pool;

import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.Optional;

/// Machines that are alike, to be divided.
///
/// @param maxMachines that may be rented at once, at least 0
/// @param maxPerHour what they may cost together; empty if only their number is limited
/// @param price of a machine
/// @param renting from the decision to rent a machine until it is there
/// @param rented how many there are now, at least 0
public record Pool(int maxMachines, Optional<HourlyPrice> maxPerHour, HourlyPrice price, Duration renting, int rented) {
    /// Of one machine: a share is a twentieth of it.
    public static final int SHARES = 20;

    public Pool {
        if (maxMachines < 0 || rented < 0 || maxMachines > Integer.MAX_VALUE / SHARES) {
            throw new IllegalArgumentException("at most " + maxMachines + " machines, of which there are " + rented);
        }
    }

    /// How many machines may be rented, as their number and their price are limited.
    public int mostMachines() {
        return maxPerHour
                .filter(_ -> price.microDollars() > 0)
                .map(limit -> (int) Math.min(maxMachines, limit.microDollars() / price.microDollars()))
                .orElse(maxMachines);
    }

    /// What so many shares cost.
    public HourlyPrice priceOf(int shares) {
        return new HourlyPrice(Math.multiplyExact(price.microDollars(), shares) / SHARES);
    }

    /// The same pool once so many machines are rented.
    public Pool withRented(int machines) {
        return new Pool(maxMachines, maxPerHour, price, renting, machines);
    }

    /// The machines that so many shares fill.
    static int machines(int shares) {
        return Math.ceilDiv(shares, SHARES);
    }

    String limit() {
        return mostMachines() < maxMachines
                ? maxPerHour
                        .map(limit -> "max_usd_per_hour = " + limit.usd().toPlainString())
                        .orElse("")
                : "max_machines = " + maxMachines;
    }
}
