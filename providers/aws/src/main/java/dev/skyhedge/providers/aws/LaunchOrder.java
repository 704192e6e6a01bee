package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/// Writes the one call that rents an instance. Equal requests give equal calls, byte for byte: under the same
/// client token EC2 takes no other.
///
/// No highest price is given, so that EC2's own limit, the on-demand price, holds: a limit near the market's
/// price gets instances taken for cents. The spot request is a one-time request: a persistent one would rent
/// again what we ended.
final class LaunchOrder {
    /// Containers reach the metadata service through one more hop.
    /// The machine itself is one hop from its metadata, a container two. The metadata hold what the
    /// workload is told, and credentials of the machine's identity: a container is let near them only if
    /// it is to have that one.
    private static final int MACHINE_HOPS = 1;

    private static final int CONTAINER_HOPS = 2;

    private LaunchOrder() {}

    /// Writes it.
    ///
    /// @param subnet to join; empty for the default one of the zone
    static RunInstancesRequest of(
            LaunchRequest request,
            Images.Choice image,
            Optional<String> subnet,
            AwsSettings settings,
            String bootScript) {
        var order = RunInstancesRequest.builder()
                .clientToken(request.token().value())
                .imageId(image.id())
                .instanceType(request.offer().instanceType())
                .minCount(1)
                .maxCount(1)
                .placement(where ->
                        where.availabilityZone(request.offer().location().zone()))
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .metadataOptions(metadata -> metadata.httpTokens(HttpTokensState.REQUIRED)
                        .httpPutResponseHopLimit(
                                settings.common().identity().isPresent() ? CONTAINER_HOPS : MACHINE_HOPS))
                .tagSpecifications(TagSet.specifications(request))
                .userData(Base64.getEncoder().encodeToString(bootScript.getBytes(StandardCharsets.UTF_8)));
        if (request.offer().market() == Market.SPOT) {
            order.instanceMarketOptions(market -> market.marketType(MarketType.SPOT)
                    .spotOptions(spot -> spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                            .instanceInterruptionBehavior(InstanceInterruptionBehavior.TERMINATE)));
        }
        network(order, subnet, settings.securityGroup(request.offer().location().region()), settings.publicAddress());
        settings.common().identity().map(LaunchOrder::profile).ifPresent(order::iamInstanceProfile);
        settings.common().sshKey().ifPresent(order::keyName);
        image.disk()
                .ifPresent(disk -> order.blockDeviceMappings(
                        disk(disk, request.diskGb().orElse(settings.common().diskGb()))));
        return order.build();
    }

    /// Whether a machine has a public address can only be said of a network interface, and a network interface
    /// is only described with its subnet; in the default subnet machines have one anyway.
    private static void network(
            RunInstancesRequest.Builder order,
            Optional<String> subnet,
            Optional<String> group,
            Optional<Boolean> publicAddress) {
        if (subnet.isPresent() && publicAddress.isPresent()) {
            var card = InstanceNetworkInterfaceSpecification.builder()
                    .deviceIndex(0)
                    .subnetId(subnet.get())
                    .associatePublicIpAddress(publicAddress.get())
                    .deleteOnTermination(true);
            group.ifPresent(card::groups);
            order.networkInterfaces(card.build());
        } else {
            subnet.ifPresent(order::subnetId);
            group.ifPresent(order::securityGroupIds);
        }
    }

    private static IamInstanceProfileSpecification profile(String nameOrArn) {
        var profile = IamInstanceProfileSpecification.builder();
        return nameOrArn.startsWith("arn:")
                ? profile.arn(nameOrArn).build()
                : profile.name(nameOrArn).build();
    }

    private static BlockDeviceMapping disk(Images.Disk disk, int gib) {
        return BlockDeviceMapping.builder()
                .deviceName(disk.device())
                .ebs(ebs -> ebs.volumeSize(Math.max(gib, disk.leastGib()))
                        .volumeType(VolumeType.GP3)
                        .deleteOnTermination(true))
                .build();
    }
}
