package dev.skyhedge.spi;

import java.time.Instant;
import java.util.Optional;

/// What a provider rented to us.
///
/// @param id the provider's id, unique within the provider
/// @param offer what it was rented as, at the price paid
/// @param tags what we wrote on it
/// @param state where it is in its life
/// @param endpoint where its workload is reached; empty until known
/// @param launchedAt when billing started
/// @param end how it ended; present exactly if the state is [InstanceState#ENDED]
public record Instance(
        String id,
        Offer offer,
        InstanceTags tags,
        InstanceState state,
        Optional<Endpoint> endpoint,
        Instant launchedAt,
        Optional<End> end) {

    /// The end of an instance.
    ///
    /// @param at when billing stopped
    /// @param cause why
    /// @param detail what the provider says about it, such as an exit status; may be empty
    public record End(Instant at, EndCause cause, String detail) {}

    public Instance {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("An instance has an id");
        }
        if (end.isPresent() != (state == InstanceState.ENDED)) {
            throw new IllegalArgumentException("Instance " + id + " in state " + state + " has end " + end);
        }
    }

    /// The same after its end: it has no endpoint any more.
    public Instance ended(End how) {
        return new Instance(id, offer, tags, InstanceState.ENDED, Optional.empty(), launchedAt, Optional.of(how));
    }

    /// Whether it is there and billed.
    public boolean isLive() {
        return state != InstanceState.ENDED;
    }
}
