package dev.skyhedge.providers.aws.fake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// An instance that the fake ever made, as its operator sees it.
///
/// @param state in EC2's words
/// @param endedAt when it began to shut down; empty while it is live
public record Rented(
        String region,
        String zone,
        String id,
        String type,
        boolean spot,
        String state,
        String requestState,
        String address,
        Map<String, String> tags,
        String userData,
        Instant launchedAt,
        Optional<Instant> endedAt) {
    /// Whether it is there and billed.
    public boolean isLive() {
        return state.equals("pending") || state.equals("running");
    }

    static Rented of(Region region, Machine machine) {
        boolean ended = !machine.isLive();
        return new Rented(
                region.name,
                machine.order.zone(),
                machine.id,
                machine.order.type().name(),
                machine.isSpot(),
                machine.state.word,
                machine.isSpot() ? region.requestState(machine) : "",
                machine.address,
                Map.copyOf(machine.tags),
                machine.order.userData(),
                machine.launchedAt,
                ended ? Optional.of(machine.noticedAt) : Optional.empty());
    }
}
