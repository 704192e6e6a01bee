package dev.skyhedge.spi;

import java.util.Comparator;
import java.util.regex.Pattern;

/// A GPU type and how many of them an instance has, written `A100-80GB:8`; `L4` is short for `L4:1`. The type
/// `CPU` stands for an instance without a GPU, its count for the number of cores.
///
/// @param type the type as the field writes it, such as `L4` or `A100-80GB`
/// @param count at least 1
public record Accelerator(String type, int count) implements Comparable<Accelerator> {
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
    private static final Comparator<Accelerator> ORDER =
            Comparator.comparing(Accelerator::type).thenComparingInt(Accelerator::count);

    public Accelerator {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("Invalid accelerator type: \"" + type + "\"");
        }
        if (count < 1) {
            throw new IllegalArgumentException("An accelerator count is at least 1, not " + count);
        }
    }

    /// Reads `TYPE` or `TYPE:COUNT`.
    ///
    /// @throws IllegalArgumentException if the text is neither
    public static Accelerator parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Accelerator(text, 1);
        }
        try {
            return new Accelerator(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("An accelerator is TYPE:COUNT, not \"" + text + "\"", e);
        }
    }

    @Override
    public int compareTo(Accelerator other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + ":" + count;
    }
}
