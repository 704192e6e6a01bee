package dev.skyhedge.providers.aws;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Region;

/// The regions that the account may use: all of them are searched for instances of ours, also those where
/// nothing is to be launched any more. Thread-safe.
final class EnabledRegions {
    private static final Duration FRESH = Duration.ofMinutes(30);

    private record Known(List<String> names, Instant at) {}

    private final Ec2Calls calls;
    private final String home;
    private final InstantSource clock;

    @Nullable
    private volatile Known known;

    /// Asks in the region `home`.
    EnabledRegions(Ec2Calls calls, String home, InstantSource clock) {
        this.calls = calls;
        this.home = home;
        this.clock = clock;
    }

    /// Their names in order. A list that was read before stays good when EC2 does not answer. One that is
    /// empty, or leaves out a name, is no answer: whatever runs in the regions that it does not name would
    /// seem to be gone.
    Outcome<List<String>> names() {
        Known last = known;
        if (last != null && last.at.plus(FRESH).isAfter(clock.instant())) {
            return Outcome.done(last.names);
        }
        Outcome<List<String>> answer = calls.read(
                home,
                ec2 -> ec2.describeRegions(all -> all.allRegions(false)).regions().stream()
                        .map(Region::regionName)
                        .map(name -> name == null ? "" : name)
                        .sorted()
                        .toList());
        if (answer instanceof Outcome.Done<List<String>>(List<String> names)
                && (names.isEmpty() || names.getFirst().isEmpty())) {
            answer = Outcome.failed(new Failure.OutcomeUnknown("EC2 does not say which regions there are"));
        }
        return switch (answer) {
            case Outcome.Done<List<String>>(List<String> names) -> {
                known = new Known(names, clock.instant());
                yield answer;
            }
            case Outcome.Failed<List<String>> failed -> last == null ? failed : Outcome.done(last.names);
        };
    }

    /// Those that were read last; empty if none ever were.
    Optional<List<String>> last() {
        return Optional.ofNullable(known).map(Known::names);
    }
}
