package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.placement.LaunchBackOff;
import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What refused launches teach about where not to ask again. A failure closes what it says it is about, and nothing
/// else: a denial the region of the account, an invalid request the offer, everything else the scope that it names.
/// Where a second place says the same, it is about all that lies between them, but never about another cloud.
///
/// Quotas and pools without capacity have rules of their own. Pure: what was barred goes in, what is barred now
/// comes out.
public final class BarLearning {
    /// What a place does not have, it will not have soon.
    private static final Duration UNSUPPORTED_PAUSE = Duration.ofHours(1);

    private BarLearning() {}

    /// A launch was refused.
    public static List<Barred> refused(List<Barred> before, ReplicaRecord replica, Failure failure, Instant now) {
        Offer offer = replica.offer();
        return switch (failure) {
            case Failure.Denied _ -> {
                Predicate<Barred> alike = other -> other.failure() instanceof Failure.Denied;
                yield bar(before, replica, failure, region(offer), Optional.empty(), alike, now);
            }
            case Failure.InvalidRequest invalid -> {
                var edit = Optional.of(edit(replica));
                Predicate<Barred> alike = other -> other.edit().equals(edit)
                        && other.failure() instanceof Failure.InvalidRequest known
                        && known.fault().equals(invalid.fault());
                yield bar(before, replica, failure, Scope.of(offer), edit, alike, now);
            }
            case Failure.Conflict _, Failure.NotFound _ ->
                bar(before, replica, failure, Scope.of(offer), Optional.of(edit(replica)), _ -> false, now);
            case Failure.UnsupportedHere(Scope scope, String _) ->
                bar(before, replica, failure, about(scope, offer), Optional.empty(), _ -> false, now);
            case Failure.NoCapacity(Scope scope, String _) ->
                about(scope, offer).equals(Scope.of(offer))
                        ? before
                        : bar(before, replica, failure, scope, Optional.empty(), _ -> false, now);
            case Failure.Quota _,
                    Failure.PriceTooLow _,
                    Failure.Throttled _,
                    Failure.OutcomeUnknown _,
                    Failure.PreemptedDuringLaunch _ -> before;
        };
    }

    /// A launch was accepted: nothing that covers it is barred any more.
    public static List<Barred> accepted(List<Barred> before, ReplicaRecord replica) {
        return before.stream()
                .filter(known -> !known.covers(replica.offer(), edit(replica)))
                .toList();
    }

    /// @param alike which of those that are known say the same
    private static List<Barred> bar(
            List<Barred> before,
            ReplicaRecord replica,
            Failure failure,
            Scope about,
            Optional<Barred.Edit> edit,
            Predicate<Barred> alike,
            Instant now) {
        List<Barred> others = new ArrayList<>();
        Optional<Barred> same = Optional.empty();
        Scope scope = about;
        for (Barred known : before) {
            boolean isSame = known.edit().equals(edit)
                    && known.scope().equals(about)
                    && known.failure().kind().equals(failure.kind());
            if (isSame || (alike.test(known) && isOfOneCloud(known.scope(), about))) {
                scope = scope.or(known.scope());
                same = Optional.of(known);
            } else {
                others.add(known);
            }
        }
        Scope widest = scope;
        boolean isEcho = same.filter(known ->
                        known.scope().equals(widest) && !replica.requestedAt().isAfter(known.since()))
                .isPresent();
        int failures = same.map(Barred::failures).orElse(0) + (isEcho ? 0 : 1);
        Instant since = isEcho ? same.orElseThrow().since() : now;
        others.add(new Barred(widest, edit, failure, failures, since, since.plus(pause(failure, failures))));
        return List.copyOf(others);
    }

    private static Duration pause(Failure failure, int failures) {
        return switch (failure) {
            case Failure.Denied _, Failure.InvalidRequest _ -> LaunchBackOff.LONGEST;
            case Failure.UnsupportedHere _ -> UNSUPPORTED_PAUSE;
            case Failure.NoCapacity _,
                    Failure.NotFound _,
                    Failure.Conflict _,
                    Failure.Quota _,
                    Failure.PriceTooLow _,
                    Failure.Throttled _,
                    Failure.OutcomeUnknown _,
                    Failure.PreemptedDuringLaunch _ -> LaunchBackOff.ofPlace(failures);
        };
    }

    private static boolean isOfOneCloud(Scope one, Scope other) {
        return one.locations().cloud().equals(other.locations().cloud());
    }

    /// What does not even cover what was asked for would close nothing, and the same would be asked again.
    private static Scope about(Scope named, Offer offer) {
        return named.covers(offer) ? named : Scope.of(offer);
    }

    private static Scope region(Offer offer) {
        var region =
                new LocationPattern(offer.location().cloud(), offer.location().region(), "*");
        return new Scope(region, Optional.empty(), Optional.empty());
    }

    private static Barred.Edit edit(ReplicaRecord replica) {
        return new Barred.Edit(replica.service(), replica.version());
    }
}
