package dev.skyhedge.cli.arguments;

import dev.skyhedge.specs.schema.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/// Reads what is typed for options and arguments, and says in words of the user what was expected.
public final class OptionValues {
    private static final int MAX_PORT = 65_535;

    private OptionValues() {}

    /// Whatever is typed.
    public static ValueType<String> text() {
        return new ValueType<>(String.class, text -> text);
    }

    /// A file or a directory, which need not be there.
    public static ValueType<Path> path() {
        return new ValueType<>(Path.class, OptionValues::path);
    }

    /// An address such as `http://127.0.0.1:8080/v1/models`.
    public static ValueType<URI> url() {
        return new ValueType<>(URI.class, OptionValues::uri);
    }

    /// A whole number of 32 bits.
    public static ValueType<Integer> smallNumber() {
        return new ValueType<>(Integer.class, OptionValues::smallNumber);
    }

    /// A whole number.
    public static ValueType<Long> number() {
        return new ValueType<>(Long.class, OptionValues::number);
    }

    /// A number that may have a fraction.
    public static ValueType<Double> decimal() {
        return new ValueType<>(Double.class, OptionValues::decimal);
    }

    /// `true` or `false`.
    public static ValueType<Boolean> truth() {
        return new ValueType<>(Boolean.class, OptionValues::truth);
    }

    /// A time as in a spec, such as `30s`.
    public static ValueType<Duration> duration() {
        return new ValueType<>(Duration.class, OptionValues::duration);
    }

    /// How many of something there may be: from 1.
    public static ValueType<Integer> count() {
        return new ValueType<>(Integer.class, OptionValues::count);
    }

    /// A port to listen on; 0 for any that is free.
    public static ValueType<Integer> port() {
        return new ValueType<>(Integer.class, OptionValues::port);
    }

    /// One of a few words, in whatever case.
    public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        return new ValueType<>(type, text -> oneOf(type, text));
    }

    /// A path on this machine.
    ///
    /// @throws TypeConversionException if it cannot be one
    public static Path path(String text) {
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

    /// As in specs: `90s`, `1h30m`.
    private static Duration duration(String text) {
        return Durations.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("\"" + text + "\" is not a duration such as 500ms, 90s or 1h30m"));
    }

    private static int count(String text) {
        int count = smallNumber(text);
        if (count < 1) {
            throw new TypeConversionException("\"" + text + "\" is not a number from 1 on");
        }
        return count;
    }

    private static int port(String text) {
        long port = number(text);
        if (port < 0 || port > MAX_PORT) {
            throw new TypeConversionException("\"" + text + "\" is not a port, which is from 0 to " + MAX_PORT);
        }
        return (int) port;
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
        for (E one : type.getEnumConstants()) {
            if (one.name().equalsIgnoreCase(text)) {
                return one;
            }
        }
        throw new TypeConversionException("expected one of " + Arrays.toString(type.getEnumConstants())
                + " (case-insensitive) but was '" + text + "'");
    }
}
