package dev.skyhedge.engine.reconcile;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.Optional;

/// Makes intents.
final class Intents {
    private Intents() {}

    /// Names the intent of the launch with this token.
    static String launchId(IdempotencyToken token) {
        return "launch-" + token;
    }

    static Intent launch(Draft draft, ReplicaRecord replica) {
        return new Intent(
                launchId(replica.token()),
                draft.epoch(),
                Intent.Operation.LAUNCH,
                replica.service(),
                replica.machine().key(),
                replica.token(),
                replica.version(),
                replica.offer(),
                Optional.empty(),
                replica.requestedAt());
    }

    static Intent terminate(Draft draft, ReplicaRecord replica, String instanceId) {
        var tags = new InstanceTags(
                draft.model().lineage(), replica.service(), replica.name(), replica.generation(), replica.token());
        return terminate(draft, tags, replica.version(), replica.offer(), instanceId);
    }

    static Intent terminate(Draft draft, Instance instance, String version) {
        return terminate(draft, instance.tags(), version, instance.offer(), instance.id());
    }

    private static Intent terminate(Draft draft, InstanceTags tags, String version, Offer offer, String instanceId) {
        IdempotencyToken token = tags.token();
        return new Intent(
                // The time makes it unique: a termination may have to be repeated after its intent was closed.
                "terminate-" + instanceId + "-" + draft.now().toEpochMilli(),
                draft.epoch(),
                Intent.Operation.TERMINATE,
                tags.service(),
                new MachineKey(tags.replica(), tags.generation()),
                token,
                version,
                offer,
                Optional.of(instanceId),
                draft.now());
    }
}
