package dev.skyhedge.cli.arguments;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a share such as `5%` or `0.5%`, as a number from 0 to 1.
public final class PercentConverter implements ITypeConverter<Double> {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MAX_LENGTH = 20;

    /// A share such as `5%`, read as a number from 0 to 1.
    public static ValueType<Double> type() {
        return new ValueType<>(Double.class, new PercentConverter());
    }

    @Override
    public Double convert(String text) {
        String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : "";
        if (!number.matches("[0-9]+(\\.[0-9]+)?") || number.length() > MAX_LENGTH) {
            throw wrong(text);
        }
        BigDecimal percent = new BigDecimal(number);
        if (percent.compareTo(HUNDRED) > 0) {
            throw wrong(text);
        }
        return percent.divide(HUNDRED).doubleValue();
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is not a share from 0% to 100%, such as 5%");
    }
}
