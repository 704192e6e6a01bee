package dev.skyhedge.providers.aws.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What the fake cloud consists of: regions, zones, machine types, images.
///
/// @param regions zones of each region, by name
/// @param types machine types, to be had in every zone unless it is in `notOffered`
/// @param notOffered `zone type` pairs that are not to be had
/// @param images that every region has
public record World(
        SequencedMap<String, List<String>> regions, List<Type> types, List<String> notOffered, List<Image> images) {
    /// A machine type.
    ///
    /// @param gpu name of its GPU as EC2 says it, such as `L4`; empty for none
    public record Type(String name, String gpu, int gpus, int vcpus, int memoryMib) {}

    /// A machine image.
    public record Image(String id, String name, String ownerAlias, String ownerId, String created) {}

    static final String DEFAULT_NETWORK = "vpc-0default";
    public static final String OWN_NETWORK = "vpc-0own";
    /// Without public addresses.
    public static final String INNER_NETWORK = "vpc-0inner";

    static final String AMAZON = "898082745236";
    public static final Image OLD_IMAGE = new Image(
            "ami-0aaaaaaaaaaaaaaa1",
            "Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04) 20250101",
            "amazon",
            AMAZON,
            "2025-01-01T00:00:00.000Z");
    public static final Image IMAGE = new Image(
            "ami-0aaaaaaaaaaaaaaa2",
            "Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04) 20261101",
            "amazon",
            AMAZON,
            "2026-11-01T00:00:00.000Z");
    public static final Image FOREIGN_IMAGE = new Image(
            "ami-0bbbbbbbbbbbbbbb1",
            "Deep Learning Base OSS Nvidia Driver GPU AMI (Ubuntu 22.04) 20991231",
            "",
            "666666666666",
            "2026-11-20T00:00:00.000Z");

    private static final List<Type> TYPES = List.of(
            new Type("g4dn.xlarge", "T4", 1, 4, 16_384),
            new Type("g5.xlarge", "A10G", 1, 4, 16_384),
            new Type("g6.xlarge", "L4", 1, 4, 16_384),
            new Type("g6.12xlarge", "L4", 4, 48, 196_608),
            new Type("p3.2xlarge", "V100", 1, 8, 62_464),
            new Type("p4d.24xlarge", "A100", 8, 96, 1_179_648),
            new Type("c6i.xlarge", "", 0, 4, 8_192));

    /// Three regions with three zones each, and a few machine types.
    public static World small() {
        return of(List.of("us-east-1", "us-west-2", "eu-central-1"));
    }

    /// These regions with three zones each.
    public static World of(List<String> names) {
        SequencedMap<String, List<String>> regions = new TreeMap<>();
        for (String name : names) {
            regions.put(name, List.of(name + "a", name + "b", name + "c"));
        }
        return new World(regions, TYPES, List.of(), List.of(OLD_IMAGE, IMAGE, FOREIGN_IMAGE));
    }

    /// The same without a machine type in a zone.
    public World without(String zone, String type) {
        List<String> more = new ArrayList<>(notOffered);
        more.add(zone + " " + type);
        return new World(regions, types, more, images);
    }

    /// The zones of a region that exists.
    List<String> zones(String region) {
        return Objects.requireNonNull(regions.get(region), region);
    }

    /// A zone of a city that the account has opted in to, and one that it has not: both come first by name, and a
    /// default network has no subnet there.
    List<String> localZones(String region) {
        return List.of(region + "-atl-1a", region + "-bos-1a");
    }

    /// Whether the account has opted in to a zone of a city.
    boolean isOptedIn(String localZone) {
        return localZone.endsWith("-atl-1a");
    }

    Optional<Type> type(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    boolean offers(String zone, String type) {
        return !notOffered.contains(zone + " " + type);
    }

    /// The id of a zone, the same in all accounts.
    String zoneId(String region, String zone) {
        String[] words = region.split("-");
        String shortRegion = words[0] + words[1].charAt(0) + words[2];
        return shortRegion + "-az" + (zones(region).indexOf(zone) + 1);
    }

    /// The default subnet of a zone.
    String subnet(String region, String zone) {
        return "subnet-" + Integer.toHexString(0x10000000 + Math.floorMod((region + zone).hashCode(), 0x0fffffff));
    }

    Optional<String> zoneOfSubnet(String region, String subnet) {
        return subnets(region).stream()
                .filter(one -> one.id().equals(subnet))
                .map(Subnet::zone)
                .findFirst();
    }

    /// A subnet.
    ///
    /// @param isPublic whether machines get a public address there unless they are told otherwise
    record Subnet(String id, String network, String zone, boolean isPublic, int freeAddresses) {}

    /// Those of the default network, and of one that somebody has made: its private ones come first by id.
    List<Subnet> subnets(String region) {
        List<Subnet> all = new ArrayList<>();
        for (String zone : zones(region)) {
            all.add(new Subnet(subnet(region, zone), DEFAULT_NETWORK, zone, true, 4091));
            all.add(new Subnet("subnet-0a-" + zone, OWN_NETWORK, zone, false, 4091));
            all.add(new Subnet("subnet-0b-" + zone, OWN_NETWORK, zone, true, 3));
            all.add(new Subnet("subnet-0c-" + zone, OWN_NETWORK, zone, true, 251));
            all.add(new Subnet("subnet-0d-" + zone, INNER_NETWORK, zone, false, 251));
        }
        return all;
    }

    /// A group of machines with one rule.
    ///
    /// @param first the first port that the rule opens, of TCP; -1 for all ports of all protocols
    /// @param range addresses that it opens them to; empty for the members of the group
    record Group(String id, String name, String network, int first, int last, String range) {}

    /// The group that a network is born with admits its own members only.
    static List<Group> groups() {
        return List.of(
                new Group("sg-0default", "default", DEFAULT_NETWORK, -1, -1, ""),
                new Group("sg-0own", "default", OWN_NETWORK, -1, -1, ""),
                new Group("sg-0inner", "default", INNER_NETWORK, -1, -1, ""),
                new Group("sg-0open", "open", DEFAULT_NETWORK, 8000, 8010, "0.0.0.0/0"));
    }
}
