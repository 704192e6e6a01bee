package dev.skyhedge.providers.aws.fake;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of `RunInstances`, checked as far as they can be without looking at the region's state.
record RunOrder(
        String image,
        World.Type type,
        String zone,
        int count,
        boolean spot,
        String clientToken,
        String userData,
        String subnet,
        List<String> securityGroups,
        Optional<String> profile,
        Map<String, Map<String, String>> tagsOfType,
        boolean requiresTokens,
        String shutdownBehavior,
        String fingerprint) {
    private static final int MAX_USER_DATA = 16_384;
    private static final int MAX_TOKEN = 64;
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    static RunOrder read(Form form, World world, String region) {
        String image = image(form.required("ImageId"), world);
        String typeName = form.text("InstanceType").orElse("m1.small");
        World.Type type = world.type(typeName)
                .orElseThrow(() -> Ec2Error.invalidValue("Invalid value '" + typeName + "' for InstanceType."));
        int min = Integer.parseInt(form.required("MinCount"));
        int max = Integer.parseInt(form.required("MaxCount"));
        if (min < 1 || max < min) {
            throw Ec2Error.invalidValue("Invalid value '" + min + "' for MinCount");
        }
        List<Form> interfaces = form.groups("NetworkInterface");
        Optional<String> subnet = form.text("SubnetId");
        List<String> groups = form.texts("SecurityGroupId");
        if (!interfaces.isEmpty()) {
            if (subnet.isPresent() || !groups.isEmpty()) {
                throw Ec2Error.badRequest(
                        "InvalidParameterCombination",
                        "Network interfaces and an instance-level subnet ID or security groups may not be specified on"
                                + " the same request");
            }
            Form first = interfaces.getFirst();
            first.required("DeviceIndex");
            first.flag("AssociatePublicIpAddress");
            first.flag("DeleteOnTermination");
            subnet = first.text("SubnetId");
            groups = first.texts("SecurityGroupId");
        }
        String zone = zone(form.group("Placement"), subnet, world, region);
        boolean spot = spot(form.group("InstanceMarketOptions"));
        readDisks(form);
        Map<String, Map<String, String>> tags = tags(form);
        if (tags.containsKey("spot-instances-request") && !spot) {
            throw Ec2Error.badRequest(
                    "InvalidParameterCombination",
                    "The resource type spot-instances-request may not be tagged without a spot request");
        }
        String token = form.text("ClientToken").orElse("");
        if (token.length() > MAX_TOKEN) {
            throw Ec2Error.invalidValue("ClientToken may be at most " + MAX_TOKEN + " characters");
        }
        Form metadata = form.group("MetadataOptions");
        boolean requires = metadata.text("HttpTokens").orElse("optional").equals("required");
        metadata.number("HttpPutResponseHopLimit");
        metadata.text("HttpEndpoint");
        metadata.text("InstanceMetadataTags");
        Form profile = form.group("IamInstanceProfile");
        form.text("KeyName");
        form.flag("EbsOptimized");
        form.flag("DisableApiTermination");
        form.group("Monitoring").flag("Enabled");
        return new RunOrder(
                image,
                type,
                zone,
                max,
                spot,
                token,
                userData(form.text("UserData").orElse("")),
                subnet.orElse(world.subnet(region, zone)),
                groups.isEmpty() ? List.of("sg-default0") : groups,
                profile.text("Name").or(() -> profile.text("Arn")),
                tags,
                requires,
                form.text("InstanceInitiatedShutdownBehavior").orElse("stop"),
                fingerprint(form));
    }

    /// An order of one on-demand instance, nothing else said.
    static RunOrder plain(World world, String region, String zone, String type, Map<String, String> tags) {
        return new RunOrder(
                World.IMAGE.id(),
                world.type(type).orElseThrow(),
                zone,
                1,
                false,
                "",
                "",
                world.subnet(region, zone),
                List.of("sg-0default"),
                Optional.empty(),
                Map.of("instance", tags),
                false,
                "stop",
                "");
    }

    private static String image(String id, World world) {
        if (!id.matches("ami-[0-9a-f]{8,17}")) {
            throw Ec2Error.badRequest("InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
        if (world.images().stream().noneMatch(image -> image.id().equals(id))) {
            throw Ec2Error.badRequest("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
        }
        return id;
    }

    private static String zone(Form placement, Optional<String> subnet, World world, String region) {
        Optional<String> zone = placement.text("AvailabilityZone");
        placement.text("Tenancy");
        placement.text("GroupName");
        if (zone.isPresent() && !world.zones(region).contains(zone.get())) {
            throw Ec2Error.invalidValue("Invalid availability zone: [" + zone.get() + "]");
        }
        if (subnet.isEmpty()) {
            return zone.orElse(world.zones(region).getFirst());
        }
        String there = world.zoneOfSubnet(region, subnet.get())
                .orElseThrow(() -> Ec2Error.badRequest(
                        "InvalidSubnetID.NotFound", "The subnet ID '" + subnet.get() + "' does not exist"));
        if (zone.isPresent() && !zone.get().equals(there)) {
            throw Ec2Error.invalidValue("The availability zone '" + zone.get() + "' is not that of the subnet");
        }
        return there;
    }

    private static boolean spot(Form market) {
        Form options = market.group("SpotOptions");
        options.text("MaxPrice");
        options.text("InstanceInterruptionBehavior");
        boolean persistent = options.text("SpotInstanceType").orElse("one-time").equals("persistent");
        Optional<String> type = market.text("MarketType");
        if (persistent) {
            throw Ec2Error.badRequest("UnsupportedOperation", "This fake has no persistent spot requests");
        }
        if (type.isPresent() && !type.get().equals("spot")) {
            throw Ec2Error.invalidValue("Invalid value '" + type.get() + "' for MarketType");
        }
        return type.isPresent();
    }

    private static void readDisks(Form form) {
        for (Form disk : form.groups("BlockDeviceMapping")) {
            disk.required("DeviceName");
            Form ebs = disk.group("Ebs");
            ebs.flag("DeleteOnTermination");
            ebs.flag("Encrypted");
            ebs.number("VolumeSize");
            ebs.number("Iops");
            ebs.number("Throughput");
            ebs.text("VolumeType");
            ebs.text("SnapshotId");
        }
    }

    private static Map<String, Map<String, String>> tags(Form form) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Form specification : form.groups("TagSpecification")) {
            String type = specification.required("ResourceType");
            if (!List.of("instance", "volume", "spot-instances-request", "network-interface")
                    .contains(type)) {
                throw Ec2Error.invalidValue("'" + type + "' is not a valid taggable resource type for this operation.");
            }
            all.put(type, readTags(specification));
        }
        return all;
    }

    static Map<String, String> readTags(Form form) {
        Map<String, String> tags = new TreeMap<>();
        for (Form tag : form.groups("Tag")) {
            String key = tag.required("Key");
            String value = tag.text("Value").orElse("");
            if (key.length() > MAX_KEY || value.length() > MAX_VALUE || key.startsWith("aws:")) {
                throw Ec2Error.invalidValue("Tag '" + key + "' is invalid");
            }
            if (tags.put(key, value) != null) {
                throw Ec2Error.invalidValue("Duplicate tag key '" + key + "' specified.");
            }
        }
        if (tags.size() > MAX_TAGS) {
            throw Ec2Error.badRequest("TagLimitExceeded", "The maximum number of tags is " + MAX_TAGS);
        }
        return tags;
    }

    private static String userData(String base64) {
        try {
            byte[] raw = Base64.getDecoder().decode(base64);
            if (raw.length > MAX_USER_DATA) {
                throw Ec2Error.invalidValue("User data is limited to " + MAX_USER_DATA + " bytes");
            }
            return base64;
        } catch (IllegalArgumentException e) {
            throw Ec2Error.badRequest("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
        }
    }

    private static String fingerprint(Form form) {
        Map<String, String> values = new TreeMap<>(form.values());
        values.remove("DryRun");
        values.remove("Version");
        return values.toString();
    }

    Map<String, String> tags(String resourceType) {
        return tagsOfType.getOrDefault(resourceType, Map.of());
    }
}
