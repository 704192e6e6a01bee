package dev.skyhedge.specs.values;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// How numbers are rounded. As many digits count as a binary fraction of 512 bits has. What is computed keeps a few
/// more, and returns to the short number that it must have been: `10 / 3 * 3` is 10, and `1 / 3 * 2` equals `2 / 3`.
public final class Rounding {
    private static final int GUARD_DIGITS = 10;
    private static final MathContext SHOWN = new MathContext(154, RoundingMode.HALF_EVEN);
    private static final MathContext KEPT =
            new MathContext(SHOWN.getPrecision() + GUARD_DIGITS, RoundingMode.HALF_EVEN);

    private Rounding() {}

    /// The quotient.
    ///
    /// @param divisor not zero
    public static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return computed(dividend.divide(divisor, KEPT));
    }

    /// What is kept of the exact result of a computation.
    public static BigDecimal computed(BigDecimal exact) {
        if (exact.precision() <= SHOWN.getPrecision()) {
            return exact;
        }
        BigDecimal close = exact.round(SHOWN).stripTrailingZeros();
        return close.precision() <= SHOWN.getPrecision() - GUARD_DIGITS ? close : exact.round(KEPT);
    }

    /// The digits that count.
    static BigDecimal shown(BigDecimal number) {
        return number.precision() > SHOWN.getPrecision() ? number.round(SHOWN) : number;
    }

    /// Compares the digits that count.
    public static int compare(BigDecimal x, BigDecimal y) {
        return shown(x).compareTo(shown(y));
    }
}
