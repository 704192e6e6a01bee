package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a commit to any [StateStore] is: all or nothing, counted, and refused if it cannot be meant.
interface CommitContract extends StoreUnderTest {
    @Test
    default void raisesSerialOnlyForServicesAndReplicas() {
        commit(put("chat", 1, 1, Lifecycle.READY));

        assertThat(commit(new Change.OpenIntent(Samples.intent("a", lease().epoch()))))
                .isEqualTo(1);
        assertThat(commit(new Change.AppendEvent(Samples.event("chat", "x")))).isEqualTo(1);
        assertThat(commit()).isEqualTo(1);
        assertThat(commit(new Change.ForgetReplica("chat", "chat-1"))).isEqualTo(2);
    }

    @Test
    default void refusesOutcomesWithoutAnOpenIntent() {
        commit(new Change.OpenIntent(Samples.intent("a", lease().epoch())));
        commit(new Change.CloseIntent("a", Samples.done()));

        assertThatThrownBy(() -> commit(new Change.CloseIntent("a", Samples.done())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commit(new Change.CloseIntent("never", Samples.done())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commit(new Change.OpenIntent(Samples.intent("a", lease().epoch()))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commit(new Change.OpenIntent(Samples.intent("z", lease().epoch() + 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void takesBackTheWholeCommitWhenAChangeIsWrong() {
        commit(
                new Change.PutWorkload(Samples.service("chat", 1)),
                put("chat", 1, 1, Lifecycle.READY),
                new Change.OpenIntent(Samples.intent("a", lease().epoch())),
                new Change.PutAccount(Samples.account("aws", "4711")),
                new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.empty())));
        Snapshot before = store().read();

        assertThatThrownBy(() -> commit(
                        new Change.PutWorkload(Samples.service("chat", 9)),
                        new Change.ForgetReplica("chat", "chat-1"),
                        put("chat", 3, 1, Lifecycle.READY),
                        new Change.CloseIntent("a", Samples.done()),
                        new Change.OpenIntent(Samples.intent("b", lease().epoch())),
                        new Change.PutZoneHealth(Samples.health("us-east-1a", ZoneHealth.Status.ACTIVE)),
                        new Change.PutClosedScope(Samples.closed(Optional.empty(), 5)),
                        new Change.PutAccount(Samples.account("aws", "4712")),
                        new Change.PutAccount(Samples.account("gcp", "acme")),
                        new Change.PutSpec(new SpecInForce("never", "", "web.hcl", Samples.T0, List.of())),
                        new Change.AppendEvent(Samples.event("chat", "never")),
                        new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0))),
                        new Change.CloseIntent("unknown", Samples.done())))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store().read()).isEqualTo(before);
        assertThat(store().events("", 10)).isEmpty();
        assertThat(store().spend("")).containsExactly(Samples.spend("chat", "chat-1#1", Optional.empty()));
        assertThat(commit(new Change.CloseIntent("a", Samples.done()))).isEqualTo(1);
    }

    @Test
    default void refusesToForgetAServiceWithLiveReplicas() {
        commit(new Change.PutWorkload(Samples.service("chat", 1)), put("chat", 1, 1, Lifecycle.STOPPING));

        assertThatThrownBy(() -> commit(new Change.RemoveWorkload("chat"))).isInstanceOf(IllegalStateException.class);

        commit(put("chat", 1, 1, Lifecycle.GONE), new Change.RemoveWorkload("chat"));
        assertThat(store().read().services()).isEmpty();
    }
}
