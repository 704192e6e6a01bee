package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.SecurityRuleInner;
import com.azure.resourcemanager.network.models.SecurityRuleAccess;
import com.azure.resourcemanager.network.models.SecurityRuleDirection;
import dev.skyhedge.providers.cloud.diagnosis.AddressRange;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a network security group admits to machines behind it. The rule with the lowest number counts first; the ones
/// that every group has come last, admit the own network and deny the rest. Rules for some destinations or some source
/// ports only, and those that deny some addresses only, are not counted.
final class SecurityRules {
    private static final String OWN_NETWORK = "VirtualNetwork";
    private static final String BALANCERS = "AzureLoadBalancer";
    private static final String INTERNET = "Internet";
    private static final String ANY = "*";
    private static final String ALL_PORTS = "0-65535";
    /// Rules that users write are numbered from here.
    static final int FIRST_NUMBER = 100;

    private final List<SecurityRuleInner> rules;
    private final boolean fromOutside;

    /// @param fromOutside whether machines are reached from outside of their network
    SecurityRules(NetworkSecurityGroupInner group, boolean fromOutside) {
        this.fromOutside = fromOutside;
        this.rules = Stream.concat(
                        orEmpty(group.securityRules()).stream(), orEmpty(group.defaultSecurityRules()).stream())
                .filter(rule -> rule != null && SecurityRuleDirection.INBOUND.equals(rule.direction()))
                .sorted(Comparator.comparingInt(SecurityRules::number))
                .toList();
    }

    private static int number(SecurityRuleInner rule) {
        return rule.priority() == null ? Integer.MAX_VALUE : rule.priority();
    }

    /// The addresses that reach a port, as the rules say them; empty if none do.
    SortedSet<String> admittedTo(int port) {
        SortedSet<String> admitted = new TreeSet<>();
        for (SecurityRuleInner rule : rules) {
            if (!isAbout(rule, port)) {
                continue;
            }
            List<String> sources = all(rule.sourceAddressPrefix(), rule.sourceAddressPrefixes());
            if (!SecurityRuleAccess.ALLOW.equals(rule.access())) {
                if (sources.stream().anyMatch(this::isEverybody)) {
                    return admitted;
                }
            } else {
                sources.stream().filter(this::counts).forEach(admitted::add);
            }
        }
        return admitted;
    }

    /// A number that no rule has yet and that comes before those that deny, as far as there is one.
    int freeNumber() {
        List<Integer> taken = rules.stream().map(SecurityRules::number).toList();
        return Stream.iterate(FIRST_NUMBER, number -> number + 1)
                .filter(number -> !taken.contains(number))
                .findFirst()
                .orElse(FIRST_NUMBER);
    }

    private static boolean isAbout(SecurityRuleInner rule, int port) {
        String protocol = String.valueOf(rule.protocol());
        List<String> from = all(rule.sourcePortRange(), rule.sourcePortRanges());
        List<String> to = all(rule.destinationAddressPrefix(), rule.destinationAddressPrefixes());
        return (protocol.equals(ANY) || protocol.equalsIgnoreCase("Tcp"))
                && (from.isEmpty() || from.contains(ANY) || from.contains(ALL_PORTS))
                && orEmpty(rule.destinationApplicationSecurityGroups()).isEmpty()
                && (to.isEmpty()
                        || to.stream().anyMatch(where -> AddressRange.isEverybody(where) || where.equals(OWN_NETWORK)))
                && all(rule.destinationPortRange(), rule.destinationPortRanges()).stream()
                        .anyMatch(range -> holds(range, port));
    }

    /// @param range such as `*`, `8000` or `8000-8010`
    private static boolean holds(String range, int port) {
        if (range.equals(ANY)) {
            return true;
        }
        String[] ends = range.split("-", 2);
        try {
            return Integer.parseInt(ends[0].strip()) <= port && port <= Integer.parseInt(ends[ends.length - 1].strip());
        } catch (NumberFormatException notARange) {
            return false;
        }
    }

    private boolean isEverybody(String source) {
        return AddressRange.isEverybody(source) || source.equalsIgnoreCase(fromOutside ? INTERNET : OWN_NETWORK);
    }

    private boolean counts(String source) {
        boolean inside = source.equalsIgnoreCase(OWN_NETWORK) || AddressRange.isInside(source);
        return !source.equalsIgnoreCase(BALANCERS) && !(fromOutside && inside);
    }

    private static List<String> all(@Nullable String one, @Nullable List<String> several) {
        return Stream.concat(
                        Optional.ofNullable(one).stream(),
                        orEmpty(several).stream().filter(Objects::nonNull))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
