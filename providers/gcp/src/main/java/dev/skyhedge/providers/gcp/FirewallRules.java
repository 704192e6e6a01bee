package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Firewall;
import dev.skyhedge.providers.cloud.diagnosis.AddressRange;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the rules of a network admit to machines of ours. The rule with the lowest number counts first, and of two
/// with one number that which denies; what no rule admits is denied. A rule that denies some addresses only is not
/// counted.
final class FirewallRules {
    private static final String EVERYBODY = "0.0.0.0/0";

    private final List<Firewall> rules;
    private final boolean fromOutside;

    /// @param all rules of any networks
    /// @param fromOutside whether machines are reached from outside of the network
    FirewallRules(List<Firewall> all, MachineSettings machine, boolean fromOutside) {
        this.fromOutside = fromOutside;
        this.rules = all.stream()
                .filter(rule -> !rule.getDisabled()
                        && !rule.getDirection().equals("EGRESS")
                        && name(rule.getNetwork()).equals(name(machine.network()))
                        && isFor(rule, machine))
                .sorted(Comparator.comparingInt(Firewall::getPriority)
                        .thenComparing(rule -> rule.getDeniedCount() == 0)
                        .thenComparing(Firewall::getName))
                .toList();
    }

    private static boolean isFor(Firewall rule, MachineSettings machine) {
        boolean anyMachine = rule.getTargetTagsCount() == 0 && rule.getTargetServiceAccountsCount() == 0;
        return anyMachine
                || rule.getTargetTagsList().contains(machine.networkTag())
                || machine.serviceAccount()
                        .filter(rule.getTargetServiceAccountsList()::contains)
                        .isPresent();
    }

    /// The addresses that reach a port; empty if none do.
    SortedSet<String> admittedTo(int port) {
        SortedSet<String> admitted = new TreeSet<>();
        for (Firewall rule : rules) {
            List<String> ranges = ranges(rule);
            if (rule.getDeniedList().stream().anyMatch(one -> isAbout(one.getIPProtocol(), one.getPortsList(), port))) {
                if (ranges.stream().anyMatch(AddressRange::isEverybody)) {
                    return admitted;
                }
            } else if (rule.getAllowedList().stream()
                    .anyMatch(one -> isAbout(one.getIPProtocol(), one.getPortsList(), port))) {
                ranges.stream()
                        .filter(range -> !fromOutside || !AddressRange.isInside(range))
                        .forEach(admitted::add);
            }
        }
        return admitted;
    }

    /// A rule that names no source is for all; one that names machines is for machines of the network.
    private static List<String> ranges(Firewall rule) {
        boolean machinesOnly = rule.getSourceTagsCount() > 0 || rule.getSourceServiceAccountsCount() > 0;
        return rule.getSourceRangesCount() == 0 && !machinesOnly ? List.of(EVERYBODY) : rule.getSourceRangesList();
    }

    private static boolean isAbout(String protocol, List<String> ports, int port) {
        return Stream.of("all", "tcp", "6").anyMatch(protocol::equalsIgnoreCase)
                && (ports.isEmpty() || ports.stream().anyMatch(range -> holds(range, port)));
    }

    /// @param range such as `8000` or `8000-8010`
    private static boolean holds(String range, int port) {
        String[] ends = range.split("-", 2);
        return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[ends.length - 1]);
    }

    /// The last part of a resource's name or address.
    static String name(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }
}
