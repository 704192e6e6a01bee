package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// What machines of one region join.
///
/// @param subnets by zone, of the zones that are asked about: that which a launch there would take
/// @param without the zones among them that have none
/// @param groups the security groups that machines get
record RegionNetwork(SequencedMap<String, Subnet> subnets, List<String> without, List<SecurityGroup> groups) {
    /// Reads it; fails with what EC2 says first.
    static Outcome<RegionNetwork> read(
            Ec2Calls calls, AwsSettings settings, String region, List<LocationPattern> places) {
        return TypeZones.zones(calls, region).then(all -> {
            List<String> zones =
                    all.stream().filter(zone -> isWanted(region, zone, places)).toList();
            return subnets(calls, settings, region, zones)
                    .then(subnets -> groups(calls, settings, region, subnets.values())
                            .map(groups -> new RegionNetwork(
                                    subnets,
                                    zones.stream()
                                            .filter(zone -> !subnets.containsKey(zone))
                                            .toList(),
                                    groups)));
        });
    }

    private static boolean isWanted(String region, String zone, List<LocationPattern> places) {
        Location place = new Location(AwsProviderFactory.NAME, region, zone);
        return places.stream().anyMatch(pattern -> pattern.matches(place));
    }

    private static Outcome<SequencedMap<String, Subnet>> subnets(
            Ec2Calls calls, AwsSettings settings, String region, List<String> zones) {
        List<String> named = zones.stream()
                .flatMap(zone -> settings.subnet(zone).stream())
                .distinct()
                .toList();
        List<String> open =
                zones.stream().filter(zone -> settings.subnet(zone).isEmpty()).toList();
        Filter usual = settings.common()
                .network()
                .map(network -> filter("vpc-id", network))
                .orElseGet(() -> filter("default-for-az", "true"));
        Outcome<List<Subnet>> byName = named.isEmpty()
                ? Outcome.done(List.of())
                : calls.read(
                        region,
                        ec2 -> ec2.describeSubnets(question -> question.subnetIds(named))
                                .subnets());
        Outcome<List<Subnet>> others = open.isEmpty()
                ? Outcome.done(List.of())
                : calls.read(
                        region,
                        ec2 -> ec2.describeSubnets(question -> question.filters(usual))
                                .subnets());
        return byName.then(ids -> others.map(rest -> {
            List<Subnet> all = new ArrayList<>(ids);
            rest.stream()
                    .filter(subnet -> open.contains(subnet.availabilityZone()))
                    .forEach(all::add);
            SequencedMap<String, Subnet> chosen = new TreeMap<>();
            zones.forEach(zone -> all.stream()
                    .filter(subnet -> zone.equals(subnet.availabilityZone()) && subnet.subnetId() != null)
                    .min(Networks.best(settings))
                    .ifPresent(subnet -> chosen.put(zone, subnet)));
            return chosen;
        }));
    }

    /// The group that is named, or the default one of each network that is joined.
    private static Outcome<List<SecurityGroup>> groups(
            Ec2Calls calls, AwsSettings settings, String region, Collection<Subnet> subnets) {
        Optional<String> named = settings.securityGroup(region);
        List<String> networks =
                subnets.stream().map(Subnet::vpcId).distinct().sorted().toList();
        if (named.isEmpty() && networks.isEmpty()) {
            return Outcome.done(List.of());
        }
        return calls.read(
                region,
                ec2 -> ec2.describeSecurityGroups(question -> {
                            if (named.isPresent()) {
                                question.groupIds(named.get());
                            } else {
                                question.filters(filter("group-name", "default"), filter("vpc-id", networks));
                            }
                        })
                        .securityGroups());
    }

    private static Filter filter(String name, String value) {
        return filter(name, List.of(value));
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
