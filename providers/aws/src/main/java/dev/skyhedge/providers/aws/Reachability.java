package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.calls.Places;
import dev.skyhedge.providers.cloud.diagnosis.Ports;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// Whether anybody could reach machines that are launched now: their subnets, public addresses, and security groups.
/// Network ACLs and routes are not looked at; those of a default network let everything through.
final class Reachability {
    private static final int PARALLEL = 64;

    private final Ec2Calls calls;
    private final AwsSettings settings;
    private final EnabledRegions enabled;

    Reachability(Ec2Calls calls, AwsSettings settings, EnabledRegions enabled) {
        this.calls = calls;
        this.settings = settings;
        this.enabled = enabled;
    }

    List<Finding> look(List<LocationPattern> places, SortedSet<Integer> ports) {
        Outcome<List<String>> regions = settings.common().regions().isEmpty()
                ? enabled.names()
                : Outcome.done(settings.common().regions());
        return switch (regions) {
            case Outcome.Failed<List<String>>(Failure failure) -> List.of(unseen("regions", failure));
            case Outcome.Done<List<String>>(List<String> names) -> {
                List<String> concerned = names.stream()
                        .filter(region ->
                                places.stream().anyMatch(place -> place.matchesRegion(AwsProviderFactory.NAME, region)))
                        .toList();
                var answers = Places.ask(
                        concerned,
                        PARALLEL,
                        AwsProvider.ROUND_TIME,
                        region -> RegionNetwork.read(calls, settings, region, places));
                yield findings(answers, ports);
            }
        };
    }

    private List<Finding> findings(Places.Answers<String, RegionNetwork> answers, SortedSet<Integer> ports) {
        List<Finding> findings = new ArrayList<>();
        answers.failures().forEach((region, failure) -> findings.add(unseen(region, failure)));
        withoutSubnet(answers.values(), findings);
        withoutAddress(answers.values(), findings);
        admission(answers.values(), ports, findings);
        return findings;
    }

    private static Finding unseen(String where, Failure failure) {
        return new Finding.Notable(
                "network",
                "it cannot be seen in " + where + " whether machines can be reached: " + failure.message(),
                "Permit ec2:DescribeAvailabilityZones, ec2:DescribeSubnets and ec2:DescribeSecurityGroups, and correct"
                        + " the subnet and firewall of the provider if they do not exist.");
    }

    private void withoutSubnet(SequencedMap<String, RegionNetwork> regions, List<Finding> findings) {
        List<String> zones = regions.values().stream()
                .flatMap(region -> region.without().stream())
                .toList();
        if (zones.isEmpty()) {
            return;
        }
        boolean anywhere =
                regions.values().stream().anyMatch(region -> !region.subnets().isEmpty());
        String detail = "no "
                + settings.common().network().map(vpc -> "subnet of " + vpc).orElse("default subnet") + " in "
                + Ports.places(zones) + ": nothing can be launched there";
        String remedy = "Make one there, name others with subnets or network, or leave these zones out of locations.";
        findings.add(
                anywhere ? new Finding.Notable("network", detail, remedy) : new Finding.Bad("network", detail, remedy));
    }

    private void withoutAddress(SequencedMap<String, RegionNetwork> regions, List<Finding> findings) {
        if (isPrivate()) {
            findings.add(new Finding.Good("addresses", "private, as public_address says: reached from inside only"));
            return;
        }
        List<String> subnets = new ArrayList<>();
        regions.values()
                .forEach(region -> region.subnets().forEach((zone, subnet) -> {
                    if (!hasAddress(zone, subnet)) {
                        subnets.add(subnet.subnetId() + " in " + zone);
                    }
                }));
        if (!subnets.isEmpty()) {
            findings.add(new Finding.Bad(
                    "addresses",
                    "machines get no public address in " + Ports.places(subnets),
                    "Set public_address = true with network or subnets, or public_address = false if this machine"
                            + " reaches their private addresses."));
        }
    }

    private boolean isPrivate() {
        return settings.publicAddress().filter(wanted -> !wanted).isPresent();
    }

    /// Whether one is asked for can only be said of a subnet that is named.
    private boolean hasAddress(String zone, Subnet subnet) {
        boolean asked = settings.publicAddress().orElse(false)
                && (settings.subnet(zone).isPresent()
                        || settings.common().network().isPresent());
        return asked || Networks.isTrue(subnet.mapPublicIpOnLaunch());
    }

    /// Rules that admit machines of a group mean their private addresses only.
    private void admission(
            SequencedMap<String, RegionNetwork> regions, SortedSet<Integer> ports, List<Finding> findings) {
        List<String> closed = new ArrayList<>();
        List<String> open = new ArrayList<>();
        SortedSet<String> ranges = new TreeSet<>();
        List<String> commands = new ArrayList<>();
        regions.forEach((region, network) -> {
            for (SecurityGroup group : network.groups()) {
                Admission admission = Admission.of(group, ports);
                String name = group.groupId() + " in " + region;
                if (admission.toNobody() || (admission.toMembersOnly() && !isPrivate())) {
                    closed.add(name + (admission.toNobody() ? "" : " (open to private addresses only)"));
                    commands.add(command(region, group, ports.getFirst()));
                } else {
                    open.add(name);
                    ranges.addAll(admission.toMembersOnly() ? List.of("machines of groups") : admission.ranges());
                }
            }
        });
        if (!closed.isEmpty()) {
            findings.add(new Finding.Bad(
                    Ports.words(ports), "closed by " + Ports.places(closed), remedy(commands.getFirst())));
        }
        if (!open.isEmpty()) {
            findings.add(new Finding.Good(
                    Ports.words(ports), "open to " + Ports.places(ranges) + " by " + Ports.places(open)));
        }
    }

    private static String command(String region, SecurityGroup group, int port) {
        return "aws ec2 authorize-security-group-ingress --region " + region + " --group-id " + group.groupId()
                + " --protocol tcp --port " + port + " --cidr ADDRESS/32";
    }

    private static String remedy(String command) {
        return "Admit the address of the machine that runs Skyhedge, in each group and for each port: `" + command
                + "`; or name a group that does, with firewall or security_groups.";
    }
}
