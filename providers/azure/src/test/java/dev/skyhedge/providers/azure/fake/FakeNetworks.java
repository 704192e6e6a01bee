package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Virtual networks and network security groups of the subscription. At first there is what `az network vnet create`
/// makes, in each region: a network with one subnet and no security group, so that nobody is let in. All methods hold
/// one lock.
public final class FakeNetworks {
    private static final String GROUP = "skyhedge";
    private static final int LAST_OWN = 4096;

    private final String prefix;
    private final Map<String, Map<String, Object>> resources = new TreeMap<>();

    FakeNetworks(FakeGeography geography, String subscription) {
        this.prefix = "/subscriptions/" + subscription + "/resourceGroups/";
        geography.regions().keySet().forEach(region -> make(GROUP, "skyhedge-" + region, region, "default"));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private String network(String group, String name) {
        return prefix + group + "/providers/Microsoft.Network/virtualNetworks/" + name;
    }

    private String firewall(String name) {
        return prefix + GROUP + "/providers/Microsoft.Network/networkSecurityGroups/" + name;
    }

    /// Makes a virtual network with one subnet.
    public synchronized void make(String group, String name, String region, String subnet) {
        String id = network(group, name);
        Map<String, Object> network = resource(id, name, region);
        Map<String, Object> only = Json.object("id", id + "/subnets/" + subnet, "name", subnet);
        only.put("properties", Json.object("addressPrefix", "10.0.0.0/24"));
        network.put(
                "properties",
                Json.object(
                        "addressSpace",
                        Json.object("addressPrefixes", List.of("10.0.0.0/16")),
                        "subnets",
                        new ArrayList<>(List.of(only))));
        resources.put(key(id), network);
    }

    /// Takes the network of that name away.
    public synchronized void remove(String name) {
        resources.remove(key(network(GROUP, name)));
    }

    /// Makes a security group with the rules that every one has.
    public synchronized void makeFirewall(String name, String region) {
        Map<String, Object> firewall = resource(firewall(name), name, region);
        firewall.put(
                "properties",
                Json.object(
                        "securityRules",
                        new ArrayList<>(),
                        "defaultSecurityRules",
                        List.of(
                                rule("AllowVnetInBound", 65_000, "Allow", "VirtualNetwork", "VirtualNetwork", "*"),
                                rule("AllowAzureLoadBalancerInBound", 65_001, "Allow", "AzureLoadBalancer", "*", "*"),
                                rule("DenyAllInBound", 65_500, "Deny", "*", "*", "*"))));
        resources.put(key(firewall(name)), firewall);
    }

    /// Puts a security group in front of the subnet of a network.
    public synchronized void guard(String network, String firewall) {
        Object subnet = Json.at(there(network(GROUP, network)), "properties", "subnets", 0, "properties")
                .orElseThrow();
        members(subnet).put("networkSecurityGroup", Json.object("id", firewall(firewall)));
    }

    /// Adds a rule.
    ///
    /// @param ports such as `8000-8010`
    public synchronized void rule(String firewall, int number, String access, String source, String ports) {
        if (number > LAST_OWN) {
            throw new IllegalArgumentException("Rules of users end at " + LAST_OWN);
        }
        Object rules = Json.at(there(firewall(firewall)), "properties", "securityRules")
                .orElseThrow();
        list(rules).add(rule("rule-" + number, number, access, source, "*", ports));
    }

    private Map<String, Object> there(String id) {
        return Objects.requireNonNull(resources.get(key(id)), id);
    }

    private static Map<String, Object> rule(
            String name, int number, String access, String source, String destination, String ports) {
        Map<String, Object> properties = Json.object("protocol", "*", "sourcePortRange", "*");
        properties.put("destinationPortRange", ports);
        properties.put("sourceAddressPrefix", source);
        properties.put("destinationAddressPrefix", destination);
        properties.put("access", access);
        properties.put("priority", number);
        properties.put("direction", "Inbound");
        return Json.object("name", name, "properties", properties);
    }

    private static Map<String, Object> resource(String id, String name, String region) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("id", id);
        resource.put("name", name);
        resource.put("location", region);
        return resource;
    }

    /// The resource of that kind and name.
    synchronized Map<String, Object> get(String group, String kind, String name) {
        String id = prefix + group + "/providers/Microsoft.Network/" + kind + "/" + name;
        return Optional.ofNullable(resources.get(key(id)))
                .orElseThrow(() -> new Refusal(
                        404,
                        "ResourceNotFound",
                        "The Resource 'Microsoft.Network/" + kind + "/" + name + "' under resource group '" + group
                                + "' was not found."));
    }

    /// Refuses a machine whose subnet or security group is not there, or is somewhere else.
    synchronized void check(Map<String, Object> machine) {
        Object configuration = Json.at(
                        machine, "properties", "networkProfile", "networkInterfaceConfigurations", 0, "properties")
                .orElse(Map.of());
        String region = Json.text(machine, "location");
        String subnet = Json.text(configuration, "ipConfigurations", 0, "properties", "subnet", "id");
        if (!subnet.isEmpty()) {
            String network = subnet.replaceFirst("(?i)/subnets/[^/]*$", "");
            boolean there = Json.at(resources.getOrDefault(key(network), Map.of()), "properties", "subnets")
                    .map(FakeNetworks::list)
                    .orElse(List.of())
                    .stream()
                    .anyMatch(one -> Json.text(one, "id").equalsIgnoreCase(subnet));
            requireThere(there && isIn(network, region), subnet);
        }
        String firewall = Json.text(configuration, "networkSecurityGroup", "id");
        requireThere(firewall.isEmpty() || isIn(firewall, region), firewall);
    }

    private boolean isIn(String id, String region) {
        return Json.text(resources.getOrDefault(key(id), Map.of()), "location").equals(region);
    }

    private static void requireThere(boolean isThere, String id) {
        if (!isThere) {
            throw new Refusal(
                    400,
                    "InvalidResourceReference",
                    "Resource " + id + " referenced by the resource was not found. Please make sure that the"
                            + " referenced resource exists, and that both resources are in the same region.");
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object object) {
        return (Map<String, Object>) object;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object array) {
        return (List<Object>) array;
    }
}
