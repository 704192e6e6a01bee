package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.NumberText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers in the notations of the verbs `e`, `f` and `g`. The language's numbers are binary with 512 digits,
/// so a decimal tie such as 2.675 is not one: it is rounded as its nearest binary number.
final class DecimalText {
    private static final int BINARY_DIGITS = 512;
    private static final int DEFAULT_PRECISION = 6;
    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private DecimalText() {}

    /// @param precision digits, or -1 for the default of the notation
    static String of(BigDecimal number, char notation, int precision) {
        return switch (notation) {
            case 'f' ->
                binary(number)
                        .setScale(precision < 0 ? DEFAULT_PRECISION : precision, RoundingMode.HALF_EVEN)
                        .toPlainString();
            case 'e' ->
                scientific(
                        rounded(number, (precision < 0 ? DEFAULT_PRECISION : precision) + 1),
                        precision < 0 ? DEFAULT_PRECISION : precision);
            default -> general(number, precision);
        };
    }

    private static String general(BigDecimal number, int precision) {
        BigDecimal digits = precision < 0 ? number : rounded(number, Math.max(1, precision));
        BigDecimal stripped = digits.signum() == 0 ? BigDecimal.ZERO : digits.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        int most = precision < 0 ? DEFAULT_PRECISION : Math.max(1, precision);
        int integerDigits = exponent + 1;
        if (precision < 0 || (most > stripped.precision() && stripped.precision() >= integerDigits)) {
            most = precision < 0 ? Math.max(DEFAULT_PRECISION, 0) : stripped.precision();
        }
        boolean plain = stripped.signum() == 0 || (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < most);
        return plain ? NumberText.of(stripped) : scientific(stripped, stripped.precision() - 1);
    }

    private static BigDecimal rounded(BigDecimal number, int digits) {
        return binary(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static String scientific(BigDecimal number, int fraction) {
        int exponent = number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
        String mantissa = number.scaleByPowerOfTen(-exponent)
                .setScale(fraction, RoundingMode.HALF_EVEN)
                .toPlainString();
        String digits = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + digits;
    }

    /// The nearest binary number of 512 digits; itself if it is one.
    private static BigDecimal binary(BigDecimal number) {
        if (number.scale() <= 0) {
            return number;
        }
        BigInteger divisor = BigInteger.TEN.pow(number.scale());
        int shift = BINARY_DIGITS + divisor.bitLength() - number.unscaledValue().bitLength();
        BigDecimal scale = new BigDecimal(BigInteger.ONE.shiftLeft(Math.max(0, shift)));
        BigDecimal whole = number.multiply(scale).setScale(0, RoundingMode.HALF_EVEN);
        return whole.divide(scale);
    }
}
