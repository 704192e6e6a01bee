package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/// Writes the one call that rents an instance. Equal requests give equal calls, byte for byte: under the same client
/// token EC2 takes no other.
///
/// No highest price is given, so that EC2's own limit, the on-demand price, holds: a limit near the market's price gets
/// instances taken for cents. The spot request is a one-time request: a persistent one would rent again what we ended.
final class LaunchOrder {
    /// What EC2 takes as user data, before base64.
    static final int MAX_USER_DATA = 16_384;

    /// Containers reach the metadata service through one more hop.
    private static final int METADATA_HOPS = 2;

    private LaunchOrder() {}

    static RunInstancesRequest of(
            LaunchRequest request, Images.Choice image, AwsSettings settings, String bootScript) {
        var order = RunInstancesRequest.builder()
                .clientToken(request.token().value())
                .imageId(image.id())
                .instanceType(request.offer().instanceType())
                .minCount(1)
                .maxCount(1)
                .placement(where ->
                        where.availabilityZone(request.offer().location().zone()))
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .metadataOptions(metadata ->
                        metadata.httpTokens(HttpTokensState.REQUIRED).httpPutResponseHopLimit(METADATA_HOPS))
                .tagSpecifications(TagSet.of(request))
                .userData(Base64.getEncoder().encodeToString(bootScript.getBytes(StandardCharsets.UTF_8)));
        if (request.offer().market() == Market.SPOT) {
            order.instanceMarketOptions(market -> market.marketType(MarketType.SPOT)
                    .spotOptions(spot -> spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                            .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE)));
        }
        network(order, settings, request.offer().location().zone());
        settings.instanceProfile()
                .ifPresent(profile -> order.iamInstanceProfile(
                        p -> (profile.startsWith("arn:") ? p.arn(profile) : p.name(profile))));
        settings.keyName().ifPresent(order::keyName);
        settings.diskGib().ifPresent(size -> order.blockDeviceMappings(disk(image, size)));
        return order.build();
    }

    /// Without a subnet EC2 takes the default one of the zone. Whether a machine has a public address is said only if
    /// the user said it; that needs a network interface of its own in the call.
    private static void network(RunInstancesRequest.Builder order, AwsSettings settings, String zone) {
        Optional<String> subnet = settings.subnet(zone);
        List<String> groups = settings.securityGroups();
        if (settings.publicAddress().isPresent() && subnet.isPresent()) {
            var card = InstanceNetworkInterfaceSpecification.builder()
                    .deviceIndex(0)
                    .subnetId(subnet.get())
                    .associatePublicIpAddress(settings.publicAddress().get())
                    .deleteOnTermination(true);
            if (!groups.isEmpty()) {
                card.groups(groups);
            }
            order.networkInterfaces(card.build());
            return;
        }
        subnet.ifPresent(order::subnetId);
        if (!groups.isEmpty()) {
            order.securityGroupIds(groups);
        }
    }

    private static BlockDeviceMapping disk(Images.Choice image, int gib) {
        return BlockDeviceMapping.builder()
                .deviceName(image.rootDevice().orElse("/dev/sda1"))
                .ebs(ebs -> ebs.volumeSize(gib).volumeType(VolumeType.GP3).deleteOnTermination(true))
                .build();
    }
}
