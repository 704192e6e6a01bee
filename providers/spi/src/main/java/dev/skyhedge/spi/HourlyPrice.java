package dev.skyhedge.spi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// A price in USD per hour, kept as whole micro-dollars so that sums are exact.
///
/// @param microDollars micro-dollars per hour, not negative
public record HourlyPrice(long microDollars) implements Comparable<HourlyPrice> {
    public static final HourlyPrice ZERO = new HourlyPrice(0);
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    public HourlyPrice {
        if (microDollars < 0) {
            throw new IllegalArgumentException("A price is not negative: " + microDollars);
        }
    }

    /// The price nearest to a decimal number of USD per hour.
    public static HourlyPrice ofUsd(BigDecimal usdPerHour) {
        return new HourlyPrice(
                usdPerHour.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    /// The price nearest to a decimal number of USD per hour, such as `0.312`.
    public static HourlyPrice ofUsd(String usdPerHour) {
        return ofUsd(new BigDecimal(usdPerHour));
    }

    /// USD per hour, without trailing zeros.
    public BigDecimal usd() {
        return BigDecimal.valueOf(microDollars, 6).stripTrailingZeros();
    }

    public HourlyPrice plus(HourlyPrice other) {
        return new HourlyPrice(Math.addExact(microDollars, other.microDollars));
    }

    public HourlyPrice times(int count) {
        return new HourlyPrice(Math.multiplyExact(microDollars, count));
    }

    /// What renting for this long costs, in micro-dollars, rounded to the nearest.
    public long microDollarsFor(Duration time) {
        return Math.round(microDollars * (time.toMillis() / MILLIS_PER_HOUR));
    }

    @Override
    public int compareTo(HourlyPrice other) {
        return Long.compare(microDollars, other.microDollars);
    }

    /// For people: `$0.312/h`; at least two and at most four decimals.
    @Override
    public String toString() {
        BigDecimal usd = BigDecimal.valueOf(microDollars, 6)
                .setScale(4, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return "$" + (usd.scale() < 2 ? usd.setScale(2) : usd).toPlainString() + "/h";
    }
}
