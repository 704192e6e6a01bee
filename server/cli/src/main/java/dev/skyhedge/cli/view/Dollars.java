package dev.skyhedge.cli.view;

import dev.skyhedge.spi.HourlyPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Money for people. Amounts are micro-dollars.
public final class Dollars {
    private static final long TEN_CENTS = 100_000;
    private static final int MICRO = 6;

    private Dollars() {}

    /// A sum of prices, such as `$2.09/h`: cents are enough, except below ten of them.
    public static String rate(HourlyPrice price) {
        return amount(price.microDollars()) + "/h";
    }

    /// An amount such as `$12.40`; below ten cents with four decimals.
    public static String amount(long microDollars) {
        boolean small = microDollars != 0 && Math.abs(microDollars) < TEN_CENTS;
        BigDecimal usd = BigDecimal.valueOf(microDollars, MICRO).setScale(small ? 4 : 2, RoundingMode.HALF_EVEN);
        return "$" + String.format(Locale.ROOT, "%," + (small ? ".4f" : ".2f"), usd);
    }

    /// For JSON: exact.
    public static BigDecimal usd(long microDollars) {
        BigDecimal usd = BigDecimal.valueOf(microDollars, MICRO).stripTrailingZeros();
        return usd.scale() < 0 ? usd.setScale(0) : usd;
    }
}
