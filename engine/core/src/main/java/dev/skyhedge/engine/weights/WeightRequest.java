package dev.skyhedge.engine.weights;

import java.util.List;

/// What has to be planned: a model, who needs it, who has it.
///
/// @param chunkBytes the size of a chunk that is wanted; a plan may take a smaller one
/// @param stores object stores that hold the model; they are asked where no machine of their region can
///     send
/// @param previousEpoch of the plan before, 0 if there was none
public record WeightRequest(
        String model,
        long bytes,
        int chunkBytes,
        List<Target> targets,
        List<Holder> holders,
        List<Peer> stores,
        EgressPrices prices,
        long previousEpoch) {
    public WeightRequest {
        if (bytes <= 0 || chunkBytes < WeightPlan.MIN_CHUNK_BYTES) {
            throw new IllegalArgumentException("A model of " + bytes + " bytes in chunks of " + chunkBytes);
        }
        targets = List.copyOf(targets);
        holders = List.copyOf(holders);
        stores = List.copyOf(stores);
    }
}
