package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [StateStore] gives back of what it was told: the records of now, each found by its key.
interface RecordsContract extends StoreUnderTest {
    @Test
    default void beginsEmpty() {
        Snapshot snapshot = store().read();

        assertThat(snapshot.lineage()).isNotEmpty();
        assertThat(snapshot.serial()).isZero();
        assertThat(snapshot.services()).isEmpty();
        assertThat(snapshot.replicas()).isEmpty();
        assertThat(snapshot.accounts()).isEmpty();
        assertThat(snapshot.lease()).contains(lease());
    }

    @Test
    default void aReplicaKeepsItsMachineWhenItsServiceGetsAnotherName() {
        ReplicaRecord replica = Samples.replica("chat", 1, 1, Lifecycle.READY);
        commit(new Change.PutReplica(replica));

        commit(new Change.PutReplica(replica.ofService("talk")), new Change.ForgetReplica("chat", "chat-1"));

        assertThat(store().read().replicas()).containsExactly(replica.ofService("talk"));
        commit(new Change.ForgetReplica("talk", "chat-1"));
        assertThat(store().read().replicas()).isEmpty();
    }

    @Test
    default void readsBackWhatWasCommitted() {
        Intent intent = Samples.intent("launch-1", lease().epoch());
        long serial = commit(
                new Change.PutWorkload(Samples.service("chat", 3)),
                put("chat", 1, 1, Lifecycle.READY),
                new Change.OpenIntent(intent),
                new Change.PutZoneHealth(Samples.health("us-east-1a", ZoneHealth.Status.PREEMPTING)));

        Snapshot snapshot = store().read();

        assertThat(serial).isEqualTo(1).isEqualTo(snapshot.serial()).isEqualTo(store().serial());
        assertThat(snapshot.services()).containsExactly(Samples.service("chat", 3));
        assertThat(snapshot.replicas()).containsExactly(Samples.replica("chat", 1, 1, Lifecycle.READY));
        assertThat(snapshot.openIntents()).containsExactly(intent);
        assertThat(snapshot.zoneHealth()).containsExactly(Samples.health("us-east-1a", ZoneHealth.Status.PREEMPTING));
    }

    @Test
    default void cutsTimesToMilliseconds() {
        ReplicaRecord fine = Samples.replica("chat", 1, 1, Lifecycle.READY)
                .in(Lifecycle.DRAINING, Samples.T0.plusNanos(7_654_321), "drain");
        commit(new Change.PutReplica(fine));

        assertThat(store().read().replicas().getFirst().since()).isEqualTo(Samples.T0.plusMillis(7));
    }

    @Test
    default void ordersReplicasNaturallyAndShowsTheNewestGenerationOnly() {
        commit(
                put("chat", 10, 1, Lifecycle.READY),
                put("chat", 2, 1, Lifecycle.GONE),
                put("chat", 2, 2, Lifecycle.READY),
                put("bert", 11, 1, Lifecycle.READY));

        assertThat(store().read().replicas())
                .extracting(replica -> ReplicaKey.of(replica).toString())
                .containsExactly("bert/bert-11#1", "chat/chat-2#2", "chat/chat-10#1");
    }

    @Test
    default void ordersIntentsByOpeningAndForgetsClosedOnes() {
        commit(new Change.OpenIntent(Samples.intent("b", lease().epoch())));
        commit(new Change.OpenIntent(Samples.intent("a", lease().epoch())));
        commit(new Change.OpenIntent(Samples.intent("c", lease().epoch())));
        commit(new Change.CloseIntent("a", Samples.done()));

        assertThat(store().read().openIntents()).extracting(Intent::id).containsExactly("b", "c");
    }

    @Test
    default void replacesZoneHealthAndSpendByTheirKeys() {
        commit(
                new Change.PutZoneHealth(Samples.health("us-east-1b", ZoneHealth.Status.ACTIVE)),
                new Change.PutZoneHealth(Samples.health("us-east-1a", ZoneHealth.Status.ACTIVE)),
                new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.empty())),
                new Change.PutSpend(Samples.spend("bert", "bert-1#1", Optional.empty())));
        commit(
                new Change.PutZoneHealth(Samples.health("us-east-1b", ZoneHealth.Status.PREEMPTING)),
                new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0.plusSeconds(9)))));

        assertThat(store().read().zoneHealth())
                .containsExactly(
                        Samples.health("us-east-1a", ZoneHealth.Status.ACTIVE),
                        Samples.health("us-east-1b", ZoneHealth.Status.PREEMPTING));
        assertThat(store().spend("chat"))
                .containsExactly(Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0.plusSeconds(9))));
        assertThat(store().spend("")).hasSize(2);
    }

    @Test
    default void spendGoesWithAServiceToItsNewName() {
        SpendEntry ended = Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0.plusSeconds(9)));
        SpendEntry running = Samples.spend("chat", "chat-2#1", Optional.empty());
        commit(new Change.PutSpend(ended), new Change.PutSpend(running));

        commit(new Change.MoveSpend("chat", "talk"));

        assertThat(store().spend("chat")).isEmpty();
        assertThat(store().spend("talk")).containsExactlyInAnyOrder(ended.ofService("talk"), running.ofService("talk"));
    }

    @Test
    default void remembersTheSpecThatWasPutInForceLastAndRaisesNoSerial() {
        assertThat(store().read().specInForce()).isEmpty();
        var first = new SpecInForce("1", "", "web.hcl", Samples.T0, List.of());
        var second = new SpecInForce("2", "abc", "site.hcl", Samples.T0.plusSeconds(1), List.of("chat", "embed"));

        commit(new Change.PutSpec(first));
        assertThat(store().read().specInForce()).contains(first);
        assertThat(commit(new Change.PutSpec(second))).isZero();

        assertThat(store().read().specInForce()).contains(second);
    }

    @Test
    default void replacesAndForgetsClosedScopesByWhatTheyCover() {
        ClosedScope spot = Samples.closed(Optional.of(Market.SPOT), 3);
        ClosedScope both = Samples.closed(Optional.empty(), 5);
        commit(
                new Change.PutClosedScope(both),
                new Change.PutClosedScope(Samples.closed(spot.scope().market(), 2)));
        commit(new Change.PutClosedScope(spot));

        assertThat(store().read().closedScopes()).containsExactly(both, spot);

        commit(new Change.ForgetClosedScope(spot));
        assertThat(store().read().closedScopes()).containsExactly(both);
    }

    @Test
    default void replacesAccountsByProviderAndRaisesNoSerial() {
        commit(put("chat", 1, 1, Lifecycle.READY));
        commit(
                new Change.PutAccount(Samples.account("gcp", "acme")),
                new Change.PutAccount(Samples.account("aws", "4711")));
        assertThat(commit(new Change.PutAccount(Samples.account("gcp", "other"))))
                .isEqualTo(1);

        assertThat(store().read().accounts())
                .containsExactly(Samples.account("aws", "4711"), Samples.account("gcp", "other"));
        assertThat(store().readAt(1).accounts()).isEmpty();
        assertThat(store().history(Long.MAX_VALUE, 10)).hasSize(1);
    }
}
