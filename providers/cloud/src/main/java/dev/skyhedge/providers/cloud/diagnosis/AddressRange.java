package dev.skyhedge.providers.cloud.diagnosis;

import java.util.regex.Pattern;

/// Ranges of addresses as rules of networks write them, such as `203.0.113.0/24`.
public final class AddressRange {
    /// Of networks that are not the internet's (RFC 1918); machines outside never send from them.
    private static final Pattern INSIDE = Pattern.compile("(10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\..*");

    private AddressRange() {}

    /// Whether no machine outside of a network has such an address.
    public static boolean isInside(String range) {
        return INSIDE.matcher(range).matches();
    }

    /// Whether it is all addresses.
    public static boolean isEverybody(String range) {
        return range.equals("0.0.0.0/0") || range.equals("*");
    }
}
