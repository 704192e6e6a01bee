package dev.skyhedge.specs.functions;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A network prefix.
///
/// @param address its first address
/// @param bits length of the prefix
/// @param width bits of an address: 32 or 128
record Network(BigInteger address, int bits, int width) {
    static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int GROUPS = 8;
    private static final Pattern IPV4 =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([0-9]{1,3})");
    private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F:.]{2,45})/([0-9]{1,3})");

    /// Reads `10.0.0.0/16` or `fd00::/8`; bits behind the prefix are dropped.
    static Optional<Network> parse(String text) {
        Matcher four = IPV4.matcher(text);
        if (four.matches()) {
            BigInteger address = BigInteger.ZERO;
            for (int i = 1; i <= 4; i++) {
                int part = Integer.parseInt(four.group(i));
                if (part > 255) {
                    return Optional.empty();
                }
                address = address.shiftLeft(8).add(BigInteger.valueOf(part));
            }
            return of(address, Integer.parseInt(four.group(5)), IPV4_BITS);
        }
        Matcher six = IPV6.matcher(text);
        if (!six.matches() || !six.group(1).contains(":")) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(six.group(1));
            return address instanceof Inet4Address
                    ? Optional.empty()
                    : of(new BigInteger(1, address.getAddress()), Integer.parseInt(six.group(2)), IPV6_BITS);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Network> of(BigInteger address, int bits, int width) {
        if (bits > width) {
            return Optional.empty();
        }
        int hosts = width - bits;
        return Optional.of(new Network(address.shiftRight(hosts).shiftLeft(hosts), bits, width));
    }

    /// As it is written.
    String text() {
        return text(address, width) + "/" + bits;
    }

    /// An address as it is written; IPv6 after RFC 5952: the longest run of zero groups is `::`.
    static String text(BigInteger address, int width) {
        if (width == IPV4_BITS) {
            return groups(address, 4, 8).stream().map(String::valueOf).collect(Collectors.joining("."));
        }
        List<Integer> groups = groups(address, GROUPS, 16);
        int start = 0;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups.get(end) == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
        }
        return longest == 1
                ? hex(groups)
                : hex(groups.subList(0, start)) + "::" + hex(groups.subList(start + longest, GROUPS));
    }

    private static String hex(List<Integer> groups) {
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    }

    private static List<Integer> groups(BigInteger address, int count, int size) {
        List<Integer> groups = new ArrayList<>();
        for (int i = count - 1; i >= 0; i--) {
            groups.add(address.shiftRight(i * size).intValue() & ((1 << size) - 1));
        }
        return groups;
    }
}
