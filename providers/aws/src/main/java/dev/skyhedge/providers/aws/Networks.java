package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/// The subnet that machines of a zone join: the one that the user names, or one of the named network. Without
/// either EC2 takes the default subnet of the zone. Thread-safe.
final class Networks {
    private final Ec2Calls calls;
    private final AwsSettings settings;
    private final Map<Location, String> found = new ConcurrentHashMap<>();

    Networks(Ec2Calls calls, AwsSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    /// The subnet; empty for the default one.
    Outcome<Optional<String>> subnet(Location zone) {
        Optional<String> named = settings.subnet(zone.zone()).or(() -> Optional.ofNullable(found.get(zone)));
        if (named.isPresent() || settings.common().network().isEmpty()) {
            return Outcome.done(named);
        }
        String network = settings.common().network().get();
        Outcome<List<Subnet>> answer = calls.read(
                zone.region(),
                ec2 -> ec2.describeSubnets(question -> question.filters(
                                Filter.builder().name("vpc-id").values(network).build(),
                                Filter.builder()
                                        .name("availability-zone")
                                        .values(zone.zone())
                                        .build()))
                        .subnets());
        return switch (answer) {
            case Outcome.Failed<List<Subnet>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<List<Subnet>>(List<Subnet> subnets) ->
                subnets.stream()
                        .filter(subnet -> subnet.subnetId() != null)
                        .min(best(settings))
                        .map(subnet -> {
                            found.put(zone, subnet.subnetId());
                            return Outcome.done(Optional.of(subnet.subnetId()));
                        })
                        .orElseGet(() -> Outcome.failed(new Failure.InvalidRequest(
                                "The network " + network + " has no subnet in " + zone.zone())));
        };
    }

    /// A public one unless machines are to have no public address, and of those the one with most room.
    static Comparator<Subnet> best(AwsSettings settings) {
        boolean isPublic = settings.publicAddress().orElse(true);
        return Comparator.<Subnet, Boolean>comparing(subnet -> isPublic != isTrue(subnet.mapPublicIpOnLaunch()))
                .thenComparing(subnet -> -number(subnet.availableIpAddressCount()))
                .thenComparing(Subnet::subnetId);
    }

    static boolean isTrue(@Nullable Boolean told) {
        return told != null && told;
    }

    private static int number(@Nullable Integer told) {
        return told == null ? 0 : told;
    }
}
