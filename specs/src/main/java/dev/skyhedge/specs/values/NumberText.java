package dev.skyhedge.specs.values;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Numbers as text: plain digits, no exponent, no zeros at the end.
public final class NumberText {
    private static final int MOST_DIGITS = 1000;
    private static final int SHORT = 18;
    private static final int LARGEST_EXPONENT = 5000;
    /// Has no alternatives that overlap, so it runs in linear time.
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?");

    private NumberText() {}

    /// `1.50` is `1.5`, `1e21` has 22 digits, of which those are zeros that do not count any more.
    public static String of(BigDecimal number) {
        return number.signum() == 0
                ? "0"
                : Rounding.shown(number).stripTrailingZeros().toPlainString();
    }

    /// Reads a decimal number, also `.5` and `1.`, which only texts may be written like; empty if the text is
    /// none or passes the limits on digits and exponent.
    public static Optional<BigDecimal> parse(String text) {
        if (isShortWhole(text)) {
            return Optional.of(BigDecimal.valueOf(Long.parseLong(text)));
        }
        if (text.length() > MOST_DIGITS + 20 || !DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        return fits(number) ? Optional.of(number) : Optional.empty();
    }

    /// Most numbers are: a few digits, and nothing else.
    private static boolean isShortWhole(String text) {
        if (text.isEmpty() || text.length() > SHORT) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// Whether the number keeps the limits: up to 1000 digits and a magnitude from 1e-5000 to 1e5000. Larger ones
    /// would make their plain text a trap.
    public static boolean fits(BigDecimal number) {
        return number.precision() <= MOST_DIGITS
                && Math.abs((long) number.scale()) <= LARGEST_EXPONENT + MOST_DIGITS
                && Math.abs((long) number.precision() - number.scale()) <= LARGEST_EXPONENT + 1;
    }
}
