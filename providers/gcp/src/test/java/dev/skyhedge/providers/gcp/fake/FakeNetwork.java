package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Allowed;
import com.google.cloud.compute.v1.Denied;
import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Subnetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The default network of a new project: a subnetwork in each region, and rules that admit no port of a workload from
/// outside. Thread-safe.
public final class FakeNetwork {
    private final String address;
    private final String prefix;
    private List<String> regions;
    private final Map<String, Firewall> rules = new TreeMap<>();

    FakeNetwork(String prefix, List<String> regions) {
        this.prefix = prefix;
        this.address = prefix + "/global/networks/default";
        this.regions = List.copyOf(regions);
        allow("default-allow-internal", 65_534, "10.128.0.0/9", "0-65535");
        allow("default-allow-ssh", 65_534, "0.0.0.0/0", "22");
    }

    /// Adds a rule that admits addresses to a port or a range of them.
    public synchronized void allow(String name, int priority, String range, String ports, String... targetTags) {
        rules.put(
                name,
                rule(name, priority, range, targetTags)
                        .addAllowed(Allowed.newBuilder().setIPProtocol("tcp").addPorts(ports))
                        .build());
    }

    /// Adds a rule that keeps addresses from all ports.
    public synchronized void deny(String name, int priority, String range) {
        rules.put(
                name,
                rule(name, priority, range)
                        .addDenied(Denied.newBuilder().setIPProtocol("all"))
                        .build());
    }

    private Firewall.Builder rule(String name, int priority, String range, String... targetTags) {
        return Firewall.newBuilder()
                .setKind("compute#firewall")
                .setName(name)
                .setNetwork(address)
                .setDirection("INGRESS")
                .setPriority(priority)
                .addAllTargetTags(List.of(targetTags))
                .addSourceRanges(range);
    }

    /// The network has a subnetwork in one region only, as one of somebody's own making.
    public synchronized void onlyIn(String region) {
        regions = List.of(region);
    }

    /// The network's subnetwork in a region is taken away.
    public synchronized void notIn(String region) {
        regions = regions.stream().filter(one -> !one.equals(region)).toList();
    }

    /// Refuses a machine whose place in the network is not there.
    ///
    /// @param region where the machine is to be
    synchronized void check(Instance asked, String region) {
        boolean named = !asked.getNetworkInterfaces(0).getSubnetwork().isEmpty();
        if (!named && !regions.contains(region)) {
            throw Refusals.invalid(
                    "resource.networkInterfaces[0]",
                    "",
                    "No default subnetwork was found in the region of the instance.");
        }
    }

    synchronized List<Firewall> rules() {
        return new ArrayList<>(rules.values());
    }

    synchronized List<Subnetwork> subnetworks() {
        return regions.stream()
                .map(region -> Subnetwork.newBuilder()
                        .setKind("compute#subnetwork")
                        .setName("default")
                        .setNetwork(address)
                        .setRegion(prefix + "/regions/" + region)
                        .setIpCidrRange("10.128.0.0/20")
                        .build())
                .toList();
    }
}
