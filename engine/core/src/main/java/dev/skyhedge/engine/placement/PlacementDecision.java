package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a policy decided.
///
/// @param spotTarget how many spot replicas there are to be
/// @param onDemandTarget how many on-demand ones
/// @param onDemandSettled how many on-demand ones once all spot replicas are ready
/// @param releases which spot replicas to end, if any more are there than wanted, most urgent first
/// @param choices what to launch now, most urgent first
/// @param learnt zone health that the decision changed
/// @param blocked why missing replicas are not launched, for people; empty if they all are
/// @param notes what else people should know, such as why there is more than is wanted
/// @param retryAt when a blocked launch is worth another try, or what is kept is worth another look
public record PlacementDecision(
        int spotTarget,
        int onDemandTarget,
        int onDemandSettled,
        List<Release> releases,
        List<Choice> choices,
        List<ZoneHealth> learnt,
        List<String> blocked,
        List<String> notes,
        Optional<Instant> retryAt) {
    public PlacementDecision {
        releases = List.copyOf(releases);
        choices = List.copyOf(choices);
        learnt = List.copyOf(learnt);
        blocked = List.copyOf(blocked);
        notes = List.copyOf(notes);
    }

    /// With no opinion on which replicas to end, and nothing more to say.
    public PlacementDecision(
            int spotTarget,
            int onDemandTarget,
            int onDemandSettled,
            List<Choice> choices,
            List<ZoneHealth> learnt,
            List<String> blocked,
            Optional<Instant> retryAt) {
        this(spotTarget, onDemandTarget, onDemandSettled, List.of(), choices, learnt, blocked, List.of(), retryAt);
    }

    /// How many replicas of both markets there are to be.
    public int target() {
        return spotTarget + onDemandTarget;
    }

    /// One replica to end.
    ///
    /// @param offer what it is rented as: any replica of this accelerator in this location will do
    /// @param reason why it, for people
    public record Release(Offer offer, String reason) {}

    /// One launch.
    ///
    /// @param offer what to rent
    /// @param role what for
    /// @param reason why there, for people
    public record Choice(Offer offer, Role role, String reason) {}

    /// What a replica is for. It is a word for people: replicas of one market are alike.
    public enum Role {
        TARGET,
        SPARE,
        FALLBACK,
        ON_DEMAND
    }
}
