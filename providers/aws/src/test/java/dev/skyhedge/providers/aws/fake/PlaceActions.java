package dev.skyhedge.providers.aws.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Regions, zones, machine types, images, networks.
final class PlaceActions {
    private record Offering(String type, String location) {}

    private PlaceActions() {}

    static Consumer<Xml> regions(Call call) {
        Filters wanted = Filters.read(call.form(), Set.of("region-name", "opt-in-status"));
        List<String> names = call.form().texts("RegionName");
        call.form().flag("AllRegions");
        call.begin();
        List<String> found = call.world().regions().keySet().stream()
                .filter(name -> names.isEmpty() || names.contains(name))
                .filter(name ->
                        wanted.match(Map.of("region-name", name, "opt-in-status", "opt-in-not-required"), Map.of()))
                .toList();
        return xml -> xml.list(
                "regionInfo",
                found,
                (item, name) -> item.text("regionName", name)
                        .text("regionEndpoint", "ec2." + name + ".amazonaws.com")
                        .text("optInStatus", "opt-in-not-required"));
    }

    private record Zone(String name, String id, String type, String optIn) {
        Map<String, String> fields(String region) {
            return Map.of(
                    "zone-name", name,
                    "zone-id", id,
                    "zone-type", type,
                    "state", "available",
                    "region-name", region,
                    "opt-in-status", optIn);
        }
    }

    private static Stream<Zone> zones(World world, String region) {
        return Stream.concat(
                world.zones(region).stream()
                        .map(name ->
                                new Zone(name, world.zoneId(region, name), "availability-zone", "opt-in-not-required")),
                world.localZones(region).stream()
                        .map(name -> new Zone(
                                name,
                                name.replace("-1a", "-az1"),
                                "local-zone",
                                world.isOptedIn(name) ? "opted-in" : "not-opted-in")));
    }

    static Consumer<Xml> zones(Call call) {
        Filters wanted = Filters.read(
                call.form(), Set.of("zone-name", "zone-id", "zone-type", "state", "region-name", "opt-in-status"));
        boolean all = call.form().flag("AllAvailabilityZones");
        List<String> names = call.form().texts("ZoneName");
        call.begin();
        String region = call.region().name;
        List<Zone> found = zones(call.world(), region)
                .filter(zone -> all || !zone.optIn.equals("not-opted-in"))
                .filter(zone -> names.isEmpty() || names.contains(zone.name))
                .filter(zone -> wanted.match(zone.fields(region), Map.of()))
                .toList();
        return xml -> xml.list(
                "availabilityZoneInfo",
                found,
                (item, zone) -> item.text("zoneName", zone.name)
                        .text("zoneState", "available")
                        .text("optInStatus", zone.optIn)
                        .text("regionName", region)
                        .text("zoneId", zone.id)
                        .text("groupName", region)
                        .text("networkBorderGroup", region)
                        .text("zoneType", zone.type));
    }

    static Consumer<Xml> types(Call call) {
        Filters wanted = Filters.read(call.form(), Set.of("instance-type", "supported-usage-class"));
        List<String> names = call.form().texts("InstanceType");
        Paging paging = Paging.read(call.form());
        call.begin();
        List<World.Type> found = call.world().types().stream()
                .filter(type -> names.isEmpty() || names.contains(type.name()))
                .filter(type ->
                        wanted.match(Map.of("instance-type", type.name(), "supported-usage-class", "spot"), Map.of()))
                .toList();
        return xml -> xml.list("instanceTypeSet", paging.page(found), (item, type) -> {
                    item.text("instanceType", type.name())
                            .text("currentGeneration", true)
                            .text("bareMetal", false)
                            .text("hypervisor", "nitro")
                            .element("vCpuInfo", v -> v.text("defaultVCpus", type.vcpus()))
                            .element("memoryInfo", m -> m.text("sizeInMiB", type.memoryMib()));
                    if (type.gpus() > 0) {
                        item.element(
                                "gpuInfo",
                                info -> info.list(
                                        "gpus",
                                        List.of(type),
                                        (gpu, of) -> gpu.text("name", of.gpu())
                                                .text("manufacturer", "NVIDIA")
                                                .text("count", of.gpus())));
                    }
                })
                .text("nextToken", paging.next(found));
    }

    static Consumer<Xml> offerings(Call call) {
        Filters wanted = Filters.read(call.form(), Set.of("instance-type", "location"));
        String locationType = call.form().text("LocationType").orElse("region");
        Paging paging = Paging.read(call.form());
        call.begin();
        String region = call.region().name;
        List<Offering> all = new ArrayList<>();
        for (World.Type type : call.world().types()) {
            switch (locationType) {
                case "region" -> all.add(new Offering(type.name(), region));
                case "availability-zone" ->
                    zones(call.world(), region)
                            .map(Zone::name)
                            .filter(zone -> call.world().offers(zone, type.name()))
                            .forEach(zone -> all.add(new Offering(type.name(), zone)));
                default -> throw Ec2Error.invalidValue("Invalid value '" + locationType + "' for LocationType");
            }
        }
        List<Offering> found = all.stream()
                .filter(one -> wanted.match(Map.of("instance-type", one.type, "location", one.location), Map.of()))
                .toList();
        return xml -> xml.list(
                        "instanceTypeOfferingSet",
                        paging.page(found),
                        (item, one) -> item.text("instanceType", one.type)
                                .text("locationType", locationType)
                                .text("location", one.location))
                .text("nextToken", paging.next(found));
    }

    static Consumer<Xml> images(Call call) {
        Filters wanted = Filters.read(
                call.form(), Set.of("name", "state", "architecture", "image-id", "owner-alias", "virtualization-type"));
        List<String> owners = call.form().texts("Owner");
        List<String> ids = call.form().texts("ImageId");
        call.form().flag("IncludeDeprecated");
        call.begin();
        List<World.Image> found = call.world().images().stream()
                .filter(image -> ids.isEmpty() || ids.contains(image.id()))
                .filter(image ->
                        owners.isEmpty() || owners.contains(image.ownerId()) || owners.contains(image.ownerAlias()))
                .filter(image -> wanted.match(
                        Map.of(
                                "name",
                                image.name(),
                                "state",
                                "available",
                                "architecture",
                                "x86_64",
                                "image-id",
                                image.id(),
                                "owner-alias",
                                image.ownerAlias(),
                                "virtualization-type",
                                "hvm"),
                        Map.of()))
                .toList();
        return xml -> xml.list(
                "imagesSet",
                found,
                (item, image) -> item.text("imageId", image.id())
                        .text("imageState", "available")
                        .text("imageOwnerId", image.ownerId())
                        .text("isPublic", true)
                        .text("architecture", "x86_64")
                        .text("imageType", "machine")
                        .text("name", image.name())
                        .text("rootDeviceType", "ebs")
                        .text("rootDeviceName", "/dev/sda1")
                        .text("virtualizationType", "hvm")
                        .text("creationDate", image.created()));
    }

    static Consumer<Xml> subnets(Call call) {
        Filters wanted = Filters.read(
                call.form(),
                Set.of("availability-zone", "availabilityZone", "default-for-az", "subnet-id", "vpc-id", "state"));
        List<String> ids = call.form().texts("SubnetId");
        Paging paging = Paging.read(call.form());
        call.begin();
        String region = call.region().name;
        List<World.Subnet> found = call.world().subnets(region).stream()
                .filter(subnet -> ids.isEmpty() || ids.contains(subnet.id()))
                .filter(subnet -> wanted.match(
                        Map.of(
                                "availability-zone",
                                subnet.zone(),
                                "availabilityZone",
                                subnet.zone(),
                                "default-for-az",
                                String.valueOf(subnet.network().equals(World.DEFAULT_NETWORK)),
                                "subnet-id",
                                subnet.id(),
                                "vpc-id",
                                subnet.network(),
                                "state",
                                "available"),
                        Map.of()))
                .toList();
        return xml -> xml.list(
                        "subnetSet",
                        paging.page(found),
                        (item, subnet) -> item.text("subnetId", subnet.id())
                                .text("state", "available")
                                .text("vpcId", subnet.network())
                                .text("cidrBlock", "172.31.0.0/20")
                                .text("availableIpAddressCount", subnet.freeAddresses())
                                .text("availabilityZone", subnet.zone())
                                .text("defaultForAz", subnet.network().equals(World.DEFAULT_NETWORK))
                                .text("mapPublicIpOnLaunch", subnet.isPublic()))
                .text("nextToken", paging.next(found));
    }

    static Consumer<Xml> securityGroups(Call call) {
        Filters wanted = Filters.read(call.form(), Set.of("group-name", "group-id", "vpc-id"));
        List<String> ids = call.form().texts("GroupId");
        Paging paging = Paging.read(call.form());
        call.begin();
        for (String id : ids) {
            if (World.groups().stream().noneMatch(group -> group.id().equals(id))) {
                throw Ec2Error.badRequest("InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
            }
        }
        List<World.Group> found = World.groups().stream()
                .filter(group -> ids.isEmpty() || ids.contains(group.id()))
                .filter(group -> wanted.match(
                        Map.of("group-name", group.name(), "group-id", group.id(), "vpc-id", group.network()),
                        Map.of()))
                .toList();
        return xml -> xml.list(
                        "securityGroupInfo",
                        paging.page(found),
                        (item, group) -> item.text("ownerId", MachineXml.ACCOUNT)
                                .text("groupId", group.id())
                                .text("groupName", group.name())
                                .text("groupDescription", "a group")
                                .text("vpcId", group.network())
                                .list("ipPermissions", List.of(group), PlaceActions::rule))
                .text("nextToken", paging.next(found));
    }

    private static void rule(Xml item, World.Group group) {
        if (group.first() < 0) {
            item.text("ipProtocol", "-1");
        } else {
            item.text("ipProtocol", "tcp").text("fromPort", group.first()).text("toPort", group.last());
        }
        item.list(
                "groups",
                group.range().isEmpty() ? List.of(group) : List.of(),
                (pair, own) -> pair.text("userId", MachineXml.ACCOUNT).text("groupId", own.id()));
        item.list(
                "ipRanges",
                group.range().isEmpty() ? List.<String>of() : List.of(group.range()),
                (range, text) -> range.text("cidrIp", text));
    }
}
