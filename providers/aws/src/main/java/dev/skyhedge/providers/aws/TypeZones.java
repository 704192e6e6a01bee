package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/// Which zones of a region have which machine types. Only availability zones count: in zones of cities and of
/// carriers an account has no subnet unless somebody makes one, and prices are others than those of the region; EC2
/// lists them all the same, opted in to or not. Thread-safe.
final class TypeZones {
    private static final Duration FRESH = Duration.ofHours(6);
    private static final int PAGE = 1000;
    private static final String ORDINARY = "availability-zone";

    /// The name of an availability zone after that of its region.
    private static final Pattern LETTER = Pattern.compile("[a-z]");

    /// @param ofType zones in order, by machine type
    record Zones(SortedMap<String, List<String>> ofType, Instant readAt) {}

    private final Ec2Calls calls;
    private final Prices prices;
    private final InstantSource clock;
    private final Map<String, Zones> known = new ConcurrentHashMap<>();

    TypeZones(Ec2Calls calls, Prices prices, InstantSource clock) {
        this.calls = calls;
        this.prices = prices;
        this.clock = clock;
    }

    Outcome<Zones> in(String region) {
        Zones last = known.get(region);
        if (last != null && last.readAt.plus(FRESH).isAfter(clock.instant())) {
            return Outcome.done(last);
        }
        return switch (offerings(region)) {
            case Outcome.Done<List<InstanceTypeOffering>>(List<InstanceTypeOffering> offerings)
            when !offerings.isEmpty() -> ordinary(region, offerings);
            case Outcome.Failed<List<InstanceTypeOffering>>(Failure failure)
            when isNoAnswer(failure) -> Outcome.failed(failure);
            case Outcome.Done<List<InstanceTypeOffering>> none -> everywhere(region);
            case Outcome.Failed<List<InstanceTypeOffering>> unknown -> everywhere(region);
        };
    }

    private static boolean isNoAnswer(Failure failure) {
        return SpotRequests.mayPass(failure) || failure instanceof Failure.Denied;
    }

    private Outcome<List<InstanceTypeOffering>> offerings(String region) {
        return calls.read(
                region,
                ec2 -> Pages.all(token -> {
                    var question = DescribeInstanceTypeOfferingsRequest.builder()
                            .locationType(LocationType.AVAILABILITY_ZONE)
                            .filters(Filter.builder()
                                    .name("instance-type")
                                    .values(prices.types())
                                    .build())
                            .maxResults(PAGE);
                    token.ifPresent(question::nextToken);
                    var page = ec2.describeInstanceTypeOfferings(question.build());
                    return new Pages.Page<>(page.instanceTypeOfferings(), page.nextToken());
                }));
    }

    /// Who may not read the types of zones goes by their names.
    private Outcome<Zones> ordinary(String region, List<InstanceTypeOffering> offerings) {
        return switch (zones(calls, region)) {
            case Outcome.Done<List<String>>(List<String> zones) -> Outcome.done(keep(region, of(offerings, zones)));
            case Outcome.Failed<List<String>>(Failure failure)
            when SpotRequests.mayPass(failure) -> Outcome.failed(failure);
            case Outcome.Failed<List<String>> unknown -> {
                List<String> named = offerings.stream()
                        .map(InstanceTypeOffering::location)
                        .filter(zone -> isNamedAsOne(region, zone))
                        .distinct()
                        .toList();
                yield Outcome.done(keep(region, of(offerings, named)));
            }
        };
    }

    private static boolean isNamedAsOne(String region, String zone) {
        return zone != null
                && zone.startsWith(region)
                && LETTER.matcher(zone.substring(region.length())).matches();
    }

    private static SortedMap<String, List<String>> of(List<InstanceTypeOffering> offerings, List<String> zones) {
        SortedMap<String, List<String>> ofType = new TreeMap<>();
        offerings.stream()
                .filter(one -> one.instanceTypeAsString() != null && zones.contains(one.location()))
                .forEach(one -> ofType.computeIfAbsent(one.instanceTypeAsString(), type -> new ArrayList<>())
                        .add(one.location()));
        ofType.replaceAll((type, there) -> there.stream().distinct().sorted().toList());
        return ofType;
    }

    /// Where EC2 does not say which zones have what, as some other implementations of its API do not, a launch
    /// finds it out.
    private Outcome<Zones> everywhere(String region) {
        return zones(calls, region).map(all -> {
            SortedMap<String, List<String>> ofType = new TreeMap<>();
            prices.types().forEach(type -> ofType.put(type, all));
            return keep(region, ofType);
        });
    }

    /// The availability zones of a region, in order. Other implementations of the API may not tell the type of a
    /// zone: then it is an ordinary one.
    static Outcome<List<String>> zones(Ec2Calls calls, String region) {
        return calls.read(
                region,
                ec2 -> ec2.describeAvailabilityZones().availabilityZones().stream()
                        .filter(zone ->
                                zone.zoneType() == null || zone.zoneType().equals(ORDINARY))
                        .map(AvailabilityZone::zoneName)
                        .filter(zone -> zone != null && zone.startsWith(region))
                        .sorted()
                        .toList());
    }

    private Zones keep(String region, SortedMap<String, List<String>> ofType) {
        Zones read = new Zones(ofType, clock.instant());
        known.put(region, read);
        return read;
    }
}
