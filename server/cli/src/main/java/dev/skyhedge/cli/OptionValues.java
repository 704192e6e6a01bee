package dev.skyhedge.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what is typed for options and arguments, and says in words of the user what was expected.
final class OptionValues {
    private static final int MAX_PORT = 65_535;

    private OptionValues() {}

    /// Has all values of a command and of those below it read here.
    static void readFor(CommandLine line) {
        line.registerConverter(Path.class, OptionValues::path)
                .registerConverter(URI.class, OptionValues::uri)
                .registerConverter(int.class, OptionValues::smallNumber)
                .registerConverter(Integer.class, OptionValues::smallNumber)
                .registerConverter(long.class, OptionValues::number)
                .registerConverter(Long.class, OptionValues::number)
                .registerConverter(double.class, OptionValues::decimal)
                .registerConverter(Double.class, OptionValues::decimal)
                .registerConverter(boolean.class, OptionValues::truth)
                .registerConverter(Boolean.class, OptionValues::truth);
    }

    /// A path on this machine.
    ///
    /// @throws TypeConversionException if it cannot be one
    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            throw new TypeConversionException("\"" + text + "\" cannot be a path here: file names are encoded in "
                    + System.getProperty("sun.jnu.encoding", "an unknown way")
                    + " by the locale of this process. Set LC_ALL to one with UTF-8, such as C.UTF-8");
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw new TypeConversionException("\"" + text + "\" is not a URL such as http://127.0.0.1:8080/v1/models");
        }
    }

    private static int smallNumber(String text) {
        long number = number(text);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw new TypeConversionException("\"" + text + "\" is too large");
        }
        return (int) number;
    }

    private static long number(String text) {
        if (!text.matches("[+-]?[0-9]+")) {
            throw new TypeConversionException("\"" + text + "\" is not a whole number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new TypeConversionException("\"" + text + "\" is too large");
        }
    }

    private static double decimal(String text) {
        if (!text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            throw new TypeConversionException("\"" + text + "\" is not a number such as 10 or 0.5");
        }
        return Double.parseDouble(text);
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new TypeConversionException("\"" + text + "\" is neither true nor false");
        };
    }

    /// Reads how many of something there may be: from 1.
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            int count = smallNumber(text);
            if (count < 1) {
                throw new TypeConversionException("\"" + text + "\" is not a number from 1 on");
            }
            return count;
        }
    }

    /// Reads a port to listen on; 0 for any that is free.
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            long port = number(text);
            if (port < 0 || port > MAX_PORT) {
                throw new TypeConversionException("\"" + text + "\" is not a port, which is from 0 to " + MAX_PORT);
            }
            return (int) port;
        }
    }
}
