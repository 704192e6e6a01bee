package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.diagnosis.AddressRange;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// Whom a security group lets in on some ports. The rules of a network's own default group admit its members only.
///
/// @param toNobody whether some port is closed to all
/// @param ranges addresses that may reach one of the ports, as the rules say them; empty if only members of groups, or
///     other machines inside of networks, may
record Admission(boolean toNobody, SortedSet<String> ranges) {
    private static final String ANY_PROTOCOL = "-1";
    private static final int LAST_PORT = 65_535;

    Admission {
        ranges = Collections.unmodifiableSortedSet(new TreeSet<>(ranges));
    }

    /// Whether some port is open to members of groups alone.
    boolean toMembersOnly() {
        return !toNobody && ranges.isEmpty();
    }

    /// Where one port is open to less than another, what is said is that of the port that is open to least.
    static Admission of(SecurityGroup group, SortedSet<Integer> ports) {
        SortedSet<String> ranges = new TreeSet<>();
        boolean toMembersOnly = false;
        for (int port : ports) {
            List<IpPermission> rules = group.ipPermissions().stream()
                    .filter(rule -> isAbout(rule, port))
                    .toList();
            SortedSet<String> here = new TreeSet<>();
            rules.forEach(rule -> {
                rule.ipRanges().stream()
                        .map(IpRange::cidrIp)
                        .filter(range -> !AddressRange.isInside(range))
                        .forEach(here::add);
                rule.prefixListIds().forEach(list -> here.add(list.prefixListId()));
            });
            if (here.isEmpty()
                    && rules.stream().allMatch(rule -> rule.userIdGroupPairs().isEmpty())) {
                return new Admission(true, new TreeSet<>());
            }
            toMembersOnly |= here.isEmpty();
            ranges.addAll(here);
        }
        return new Admission(false, toMembersOnly ? new TreeSet<>() : ranges);
    }

    /// The protocol is said by name or by number.
    private static boolean isAbout(IpPermission rule, int port) {
        return switch (String.valueOf(rule.ipProtocol())) {
            case ANY_PROTOCOL -> true;
            case "tcp", "6" -> or(rule.fromPort(), 0) <= port && port <= or(rule.toPort(), LAST_PORT);
            default -> false;
        };
    }

    private static int or(@Nullable Integer told, int otherwise) {
        return told == null || told < 0 ? otherwise : told;
    }
}
