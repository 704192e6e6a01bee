package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.providers.cloud.diagnosis.Ports;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Whether anybody could reach machines that are launched now: their virtual network and subnet in each region, and
/// the security groups of the subnet and of the interface. Routes and firewall appliances are not looked at.
final class Reachability {
    private static final int PARALLEL = 16;
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final String NETWORK = "network";

    private final NetworkCalls calls;
    private final AzureSettings settings;
    private final List<String> regions;

    /// @param regions those that are used
    Reachability(NetworkCalls calls, AzureSettings settings, List<String> regions) {
        this.calls = calls;
        this.settings = settings;
        this.regions = List.copyOf(regions);
    }

    List<Finding> look(List<LocationPattern> places, SortedSet<Integer> ports) {
        List<String> concerned = regions.stream()
                .filter(region -> places.stream().anyMatch(place -> place.matchesRegion(AzureNames.CLOUD, region)))
                .toList();
        Places.Answers<String, RegionNetwork> answers =
                Places.ask(concerned, PARALLEL, LIMIT, region -> RegionNetwork.read(calls, settings, region));
        List<Finding> findings = new ArrayList<>();
        unseen(answers.failures(), findings);
        lacks(answers.values(), findings);
        if (!settings.machine().publicAddress()) {
            findings.add(new Finding.Good("addresses", "private, as public_address says: reached from inside only"));
        }
        admission(answers.values(), ports, findings);
        return findings;
    }

    /// A denied permission is denied in every region: it is said once.
    private static void unseen(SequencedMap<String, Failure> failures, List<Finding> findings) {
        if (!failures.isEmpty()) {
            findings.add(new Finding.Notable(
                    NETWORK,
                    "it cannot be seen in " + Ports.places(failures.sequencedKeySet())
                            + " whether machines can be reached: "
                            + failures.firstEntry().getValue().message(),
                    "Permit Microsoft.Network/virtualNetworks/read and Microsoft.Network/networkSecurityGroups/read,"
                            + " or check there yourself what is open."));
        }
    }

    private static void lacks(SequencedMap<String, RegionNetwork> networks, List<Finding> findings) {
        List<RegionNetwork.Lack> lacks =
                networks.values().stream().flatMap(one -> one.lack().stream()).toList();
        if (lacks.isEmpty()) {
            return;
        }
        String detail = Ports.places(lacks.stream()
                        .map(RegionNetwork.Lack::detail)
                        .distinct()
                        .toList()) + ": nothing can be launched there";
        String remedy = lacks.getFirst().remedy()
                + "; or name what is there with network, subnet, network_group and firewall, or leave these regions"
                + " out of locations.";
        boolean anywhere = lacks.size() < networks.size();
        findings.add(
                anywhere ? new Finding.Notable(NETWORK, detail, remedy) : new Finding.Bad(NETWORK, detail, remedy));
    }

    private void admission(
            SequencedMap<String, RegionNetwork> networks, SortedSet<Integer> ports, List<Finding> findings) {
        List<String> closed = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        List<String> open = new ArrayList<>();
        SortedSet<String> ranges = new TreeSet<>();
        networks.forEach((region, network) -> {
            if (network.lack().isPresent()) {
                return;
            }
            if (network.firewalls().isEmpty() && settings.machine().publicAddress()) {
                // Addresses of the standard kind, as ours are, are closed without a group that opens them.
                closed.add("the want of any network security group in " + region);
                commands.add(withoutGroup(region, ports.getFirst()));
            }
            for (RegionNetwork.Firewall firewall : network.firewalls()) {
                SecurityRules rules =
                        new SecurityRules(firewall.rules(), settings.machine().publicAddress());
                String name = firewall.rules().name() + " in " + region;
                Optional<SortedSet<String>> admitted = admitted(rules, ports);
                if (admitted.isEmpty()) {
                    closed.add(name);
                    commands.add(
                            opening(firewall.group(), firewall.rules().name(), rules.freeNumber(), ports.getFirst()));
                } else {
                    open.add(name);
                    ranges.addAll(admitted.get());
                }
            }
        });
        if (!closed.isEmpty()) {
            findings.add(new Finding.Bad(
                    Ports.words(ports),
                    "closed by " + Ports.places(closed),
                    "Admit the address of the machine that runs Skyhedge, in each group and for each port: "
                            + commands.getFirst() + "."));
        }
        if (!open.isEmpty()) {
            findings.add(new Finding.Good(
                    Ports.words(ports), "open to " + Ports.places(ranges) + " by " + Ports.places(open)));
        }
    }

    /// Empty if some port is closed.
    private static Optional<SortedSet<String>> admitted(SecurityRules rules, SortedSet<Integer> ports) {
        SortedSet<String> admitted = new TreeSet<>();
        for (int port : ports) {
            SortedSet<String> here = rules.admittedTo(port);
            if (here.isEmpty()) {
                return Optional.empty();
            }
            admitted.addAll(here);
        }
        return Optional.of(admitted);
    }

    private String withoutGroup(String region, int port) {
        String group = NetworkResource.of(
                        settings.machine().subnet().replace(MachineSettings.REGION, region), settings.subscription())
                .map(NetworkResource::group)
                .orElse("GROUP");
        String name = "skyhedge-" + region;
        return "`" + RegionNetwork.newFirewall(group, name, region) + "`, "
                + opening(group, name, SecurityRules.FIRST_NUMBER, port) + ", and set firewall = \"skyhedge-"
                + MachineSettings.REGION + "\"";
    }

    private static String opening(String group, String name, int number, int port) {
        return "`az network nsg rule create --resource-group " + group + " --nsg-name " + name + " --name skyhedge-"
                + port + " --priority " + number + " --access Allow --protocol Tcp --destination-port-ranges " + port
                + " --source-address-prefixes ADDRESS/32`";
    }
}
