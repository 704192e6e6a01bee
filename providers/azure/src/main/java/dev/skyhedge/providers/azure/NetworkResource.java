package dev.skyhedge.providers.azure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names a virtual network, one of its subnets, or a network security group.
///
/// @param group resource group
/// @param name of the network or the security group
/// @param subnet of a network; empty for a security group
record NetworkResource(String group, String name, Optional<String> subnet) {
    private static final Pattern ID = Pattern.compile(
            "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft.Network"
                    + "/(?:virtualNetworks/([^/]+)/subnets/([^/]+)|networkSecurityGroups/([^/]+))",
            Pattern.CASE_INSENSITIVE);

    /// Reads a resource's id; empty if it names something else, or something in another subscription.
    static Optional<NetworkResource> of(String id, String subscription) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches() || !parts.group(1).equalsIgnoreCase(subscription)) {
            return Optional.empty();
        }
        Optional<String> firewall = Optional.ofNullable(parts.group(5));
        return Optional.of(new NetworkResource(
                parts.group(2), firewall.orElseGet(() -> parts.group(3)), Optional.ofNullable(parts.group(4))));
    }
}
