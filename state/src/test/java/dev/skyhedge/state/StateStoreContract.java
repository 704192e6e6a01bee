package dev.skyhedge.state;

import static dev.skyhedge.state.Samples.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [StateStore] promises.
abstract class StateStoreContract {
    static final Retention SMALL = new Retention(5, 8, Duration.ofDays(90));

    StateStore store;
    Lease lease;

    /// A new, empty state.
    abstract StateStore create(Retention retention);

    /// Lets the store's clock move on.
    abstract void pass(Duration time);

    @BeforeEach
    void begin() {
        store = create(Retention.DEFAULT);
        lease = granted(store.acquire(LocalProcesses.claim("apply", "1")));
    }

    @AfterEach
    void end() {
        store.close();
    }

    static Lease granted(LeaseResult result) {
        assertThat(result).isInstanceOf(LeaseResult.Granted.class);
        return ((LeaseResult.Granted) result).lease();
    }

    static long committed(CommitResult result) {
        assertThat(result).isInstanceOf(CommitResult.Committed.class);
        return ((CommitResult.Committed) result).serial();
    }

    long commit(Change... changes) {
        return committed(store.commit(lease, List.of(changes)));
    }

    @Test
    void beginsEmpty() {
        Snapshot snapshot = store.read();

        assertThat(snapshot.lineage()).isNotEmpty();
        assertThat(snapshot.serial()).isZero();
        assertThat(snapshot.services()).isEmpty();
        assertThat(snapshot.replicas()).isEmpty();
        assertThat(snapshot.accounts()).isEmpty();
        assertThat(snapshot.lease()).contains(lease);
    }

    @Test
    void readsBackWhatWasCommitted() {
        Intent intent = Samples.intent("launch-1", lease.epoch());
        long serial = commit(
                new Change.PutService(Samples.service("chat", 3)),
                put("chat", 1, 1, Lifecycle.READY),
                new Change.OpenIntent(intent),
                new Change.PutZoneHealth(Samples.health("us-east-1a", ZoneHealth.Status.PREEMPTING)));

        Snapshot snapshot = store.read();

        assertThat(serial).isEqualTo(1).isEqualTo(snapshot.serial()).isEqualTo(store.serial());
        assertThat(snapshot.services()).containsExactly(Samples.service("chat", 3));
        assertThat(snapshot.replicas()).containsExactly(Samples.replica("chat", 1, 1, Lifecycle.READY));
        assertThat(snapshot.openIntents()).containsExactly(intent);
        assertThat(snapshot.zoneHealth()).containsExactly(Samples.health("us-east-1a", ZoneHealth.Status.PREEMPTING));
    }

    @Test
    void cutsTimesToMilliseconds() {
        ReplicaRecord fine = Samples.replica("chat", 1, 1, Lifecycle.READY)
                .in(Lifecycle.DRAINING, Samples.T0.plusNanos(7_654_321), "drain");
        commit(new Change.PutReplica(fine));

        assertThat(store.read().replicas().getFirst().since()).isEqualTo(Samples.T0.plusMillis(7));
    }

    @Test
    void ordersReplicasNaturallyAndShowsTheNewestGenerationOnly() {
        commit(
                put("chat", 10, 1, Lifecycle.READY),
                put("chat", 2, 1, Lifecycle.GONE),
                put("chat", 2, 2, Lifecycle.READY),
                put("bert", 11, 1, Lifecycle.READY));

        assertThat(store.read().replicas())
                .extracting(replica -> ReplicaKey.of(replica).toString())
                .containsExactly("bert/bert-11#1", "chat/chat-2#2", "chat/chat-10#1");
    }

    @Test
    void raisesSerialOnlyForServicesAndReplicas() {
        commit(put("chat", 1, 1, Lifecycle.READY));

        assertThat(commit(new Change.OpenIntent(Samples.intent("a", lease.epoch()))))
                .isEqualTo(1);
        assertThat(commit(new Change.AppendEvent(Samples.event("chat", "x")))).isEqualTo(1);
        assertThat(commit()).isEqualTo(1);
        assertThat(commit(new Change.ForgetReplica("chat", "chat-1"))).isEqualTo(2);
    }

    @Test
    void ordersIntentsByOpeningAndForgetsClosedOnes() {
        commit(new Change.OpenIntent(Samples.intent("b", lease.epoch())));
        commit(new Change.OpenIntent(Samples.intent("a", lease.epoch())));
        commit(new Change.OpenIntent(Samples.intent("c", lease.epoch())));
        commit(new Change.CloseIntent("a", Samples.done()));

        assertThat(store.read().openIntents()).extracting(Intent::id).containsExactly("b", "c");
    }

    @Test
    void refusesOutcomesWithoutAnOpenIntent() {
        commit(new Change.OpenIntent(Samples.intent("a", lease.epoch())));
        commit(new Change.CloseIntent("a", Samples.done()));

        assertThatThrownBy(() -> commit(new Change.CloseIntent("a", Samples.done())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commit(new Change.CloseIntent("never", Samples.done())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commit(new Change.OpenIntent(Samples.intent("a", lease.epoch()))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> commit(new Change.OpenIntent(Samples.intent("z", lease.epoch() + 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesBackTheWholeCommitWhenAChangeIsWrong() {
        commit(
                new Change.PutService(Samples.service("chat", 1)),
                put("chat", 1, 1, Lifecycle.READY),
                new Change.OpenIntent(Samples.intent("a", lease.epoch())),
                new Change.PutAccount(Samples.account("aws", "4711")),
                new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.empty())));
        Snapshot before = store.read();

        assertThatThrownBy(() -> commit(
                        new Change.PutService(Samples.service("chat", 9)),
                        new Change.ForgetReplica("chat", "chat-1"),
                        put("chat", 3, 1, Lifecycle.READY),
                        new Change.CloseIntent("a", Samples.done()),
                        new Change.OpenIntent(Samples.intent("b", lease.epoch())),
                        new Change.PutZoneHealth(Samples.health("us-east-1a", ZoneHealth.Status.ACTIVE)),
                        new Change.PutClosedScope(Samples.closed(Optional.empty(), 5)),
                        new Change.PutAccount(Samples.account("aws", "4712")),
                        new Change.PutAccount(Samples.account("gcp", "acme")),
                        new Change.PutSpec(new SpecInForce("never", "web.hcl", Samples.T0, List.of())),
                        new Change.AppendEvent(Samples.event("chat", "never")),
                        new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0))),
                        new Change.CloseIntent("unknown", Samples.done())))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store.read()).isEqualTo(before);
        assertThat(store.events("", 10)).isEmpty();
        assertThat(store.spend("")).containsExactly(Samples.spend("chat", "chat-1#1", Optional.empty()));
        assertThat(commit(new Change.CloseIntent("a", Samples.done()))).isEqualTo(1);
    }

    @Test
    void refusesToForgetAServiceWithLiveReplicas() {
        commit(new Change.PutService(Samples.service("chat", 1)), put("chat", 1, 1, Lifecycle.STOPPING));

        assertThatThrownBy(() -> commit(new Change.RemoveService("chat"))).isInstanceOf(IllegalStateException.class);

        commit(put("chat", 1, 1, Lifecycle.GONE), new Change.RemoveService("chat"));
        assertThat(store.read().services()).isEmpty();
    }

    @Test
    void replacesZoneHealthAndSpendByTheirKeys() {
        commit(
                new Change.PutZoneHealth(Samples.health("us-east-1b", ZoneHealth.Status.ACTIVE)),
                new Change.PutZoneHealth(Samples.health("us-east-1a", ZoneHealth.Status.ACTIVE)),
                new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.empty())),
                new Change.PutSpend(Samples.spend("bert", "bert-1#1", Optional.empty())));
        commit(
                new Change.PutZoneHealth(Samples.health("us-east-1b", ZoneHealth.Status.PREEMPTING)),
                new Change.PutSpend(Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0.plusSeconds(9)))));

        assertThat(store.read().zoneHealth())
                .containsExactly(
                        Samples.health("us-east-1a", ZoneHealth.Status.ACTIVE),
                        Samples.health("us-east-1b", ZoneHealth.Status.PREEMPTING));
        assertThat(store.spend("chat"))
                .containsExactly(Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0.plusSeconds(9))));
        assertThat(store.spend("")).hasSize(2);
    }

    @Test
    void spendGoesWithAServiceToItsNewName() {
        SpendEntry ended = Samples.spend("chat", "chat-1#1", Optional.of(Samples.T0.plusSeconds(9)));
        SpendEntry running = Samples.spend("chat", "chat-2#1", Optional.empty());
        commit(new Change.PutSpend(ended), new Change.PutSpend(running));

        commit(new Change.MoveSpend("chat", "talk"));

        assertThat(store.spend("chat")).isEmpty();
        assertThat(store.spend("talk")).containsExactlyInAnyOrder(ended.ofService("talk"), running.ofService("talk"));
    }

    @Test
    void remembersTheSpecThatWasPutInForceLastAndRaisesNoSerial() {
        assertThat(store.read().specInForce()).isEmpty();
        var first = new SpecInForce("1", "web.hcl", Samples.T0, List.of());
        var second = new SpecInForce("2", "site.hcl", Samples.T0.plusSeconds(1), List.of("chat", "embed"));

        commit(new Change.PutSpec(first));
        assertThat(store.read().specInForce()).contains(first);
        assertThat(commit(new Change.PutSpec(second))).isZero();

        assertThat(store.read().specInForce()).contains(second);
    }

    @Test
    void replacesAndForgetsClosedScopesByWhatTheyCover() {
        ClosedScope spot = Samples.closed(Optional.of(Market.SPOT), 3);
        ClosedScope both = Samples.closed(Optional.empty(), 5);
        commit(
                new Change.PutClosedScope(both),
                new Change.PutClosedScope(Samples.closed(spot.scope().market(), 2)));
        commit(new Change.PutClosedScope(spot));

        assertThat(store.read().closedScopes()).containsExactly(both, spot);

        commit(new Change.ForgetClosedScope(spot));
        assertThat(store.read().closedScopes()).containsExactly(both);
    }

    @Test
    void replacesAccountsByProviderAndRaisesNoSerial() {
        commit(put("chat", 1, 1, Lifecycle.READY));
        commit(
                new Change.PutAccount(Samples.account("gcp", "acme")),
                new Change.PutAccount(Samples.account("aws", "4711")));
        assertThat(commit(new Change.PutAccount(Samples.account("gcp", "other"))))
                .isEqualTo(1);

        assertThat(store.read().accounts())
                .containsExactly(Samples.account("aws", "4711"), Samples.account("gcp", "other"));
        assertThat(store.readAt(1).accounts()).isEmpty();
        assertThat(store.history(Long.MAX_VALUE, 10)).hasSize(1);
    }

    @Test
    void showsEventsNewestFirst() {
        commit(
                new Change.AppendEvent(Samples.event("chat", "1")),
                new Change.AppendEvent(Samples.event("bert", "2")),
                new Change.AppendEvent(Samples.event("chat", "3")));

        assertThat(store.events("", 10)).extracting(Event::message).containsExactly("3", "2", "1");
        assertThat(store.events("chat", 1)).extracting(Event::message).containsExactly("3");
    }

    @Test
    void readsEverySerialBack() {
        List<Snapshot> seen = new ArrayList<>();
        seen.add(store.read());
        List<List<Change>> commits = List.of(
                List.of(new Change.PutService(Samples.service("chat", 1)), put("chat", 1, 1, Lifecycle.READY)),
                List.of(put("chat", 1, 1, Lifecycle.GONE), put("chat", 1, 2, Lifecycle.READY)),
                List.of(put("chat", 1, 2, Lifecycle.GONE), new Change.RemoveService("chat")),
                List.of(new Change.ForgetReplica("chat", "chat-1"), put("chat", 2, 1, Lifecycle.READY)));
        for (List<Change> changes : commits) {
            committed(store.commit(lease, changes));
            seen.add(store.read());
        }

        for (Snapshot then : seen) {
            Snapshot now = store.readAt(then.serial());
            assertThat(now.services()).isEqualTo(then.services());
            assertThat(now.replicas()).isEqualTo(then.replicas());
            assertThat(now.openIntents()).isEmpty();
        }
        assertThatThrownBy(() -> store.readAt(99)).isInstanceOf(StateException.class);
    }

    @Test
    void tellsEachRowOfACommitOnceWithBeforeAndAfter() {
        commit(put("chat", 1, 1, Lifecycle.REQUESTED));
        commit(put("chat", 1, 1, Lifecycle.STARTING), put("chat", 1, 1, Lifecycle.READY));

        List<HistoryEntry> history = store.history(Long.MAX_VALUE, 10);

        assertThat(history).extracting(HistoryEntry::serial).containsExactly(2L, 1L);
        assertThat(history.getFirst().key()).isEqualTo("chat/chat-1#1");
        assertThat(history.getFirst().beforeJson().orElseThrow()).contains("REQUESTED");
        assertThat(history.getFirst().afterJson().orElseThrow()).contains("READY");
        assertThat(history.getLast().beforeJson()).isEmpty();
        assertThat(store.history(2, 10)).containsExactly(history.getLast());
        assertThat(store.history(Long.MAX_VALUE, 1)).containsExactly(history.getFirst());
    }

    @Test
    void dropsWhatIsOlderThanTheRetention() {
        StateStore bounded = create(SMALL);
        try {
            Lease held = granted(bounded.acquire(LocalProcesses.claim("apply", "1")));
            for (int i = 1; i <= 20; i++) {
                committed(bounded.commit(
                        held,
                        List.of(
                                put("chat", 1, i, Lifecycle.READY),
                                new Change.AppendEvent(Samples.event("chat", "e" + i)))));
            }

            assertThat(bounded.events("", 100)).hasSizeBetween(SMALL.events(), SMALL.events() + 1);
            assertThat(bounded.readAt(15).replicas().getFirst().generation()).isEqualTo(15);
            assertThatThrownBy(() -> bounded.readAt(13)).isInstanceOf(StateException.class);
            assertThat(bounded.history(Long.MAX_VALUE, 100)).hasSizeLessThanOrEqualTo(6);
        } finally {
            bounded.close();
        }
    }

    @Test
    void keepsTheNewestGenerationsOfAReplicaAndThoseThatLive() {
        int last = ChangeApplier.GENERATIONS + 3;
        commit(put("chat", 1, 1, Lifecycle.STOPPING));
        for (int generation = 2; generation < last; generation++) {
            commit(put("chat", 1, generation, Lifecycle.FAILED));
        }
        Snapshot before = store.read();
        commit(put("chat", 1, last, Lifecycle.READY));

        assertThat(store.history(Long.MAX_VALUE, 2))
                .filteredOn(entry -> entry.afterJson().isEmpty())
                .extracting(HistoryEntry::key)
                .containsExactly("chat/chat-1#3");
        assertThat(store.readAt(before.serial()).replicas()).isEqualTo(before.replicas());
        commit(new Change.ForgetReplica("chat", "chat-1"));
        assertThat(store.history(Long.MAX_VALUE, ChangeApplier.GENERATIONS + 1))
                .extracting(HistoryEntry::key)
                .contains("chat/chat-1#1", "chat/chat-1#4")
                .doesNotContain("chat/chat-1#2");
    }

    @Test
    void foldsOldSpendToTheMicroDollar() {
        StateStore folding = create(new Retention(5, 8, Duration.ofDays(1)));
        try {
            Lease held = granted(folding.acquire(LocalProcesses.claim("apply", "1")));
            List<SpendEntry> old = IntStream.rangeClosed(1, 9)
                    .mapToObj(i -> longAgo("chat-1#" + i, Optional.of(Duration.ofMillis(7_777_777L * i))))
                    .toList();
            SpendEntry running = longAgo("chat-2#1", Optional.empty());
            long sum = old.stream()
                    .mapToLong(entry -> entry.microDollars(Samples.T0))
                    .sum();

            committed(folding.commit(held, List.of(new Change.PutSpend(running), new Change.PutSpend(old.getFirst()))));
            assertThat(folding.spend("")).containsExactlyInAnyOrder(running, old.getFirst());
            for (SpendEntry entry : old.subList(1, old.size())) {
                committed(folding.commit(held, List.of(new Change.PutSpend(entry))));
            }

            assertThat(folding.spend("")).hasSize(2).contains(running);
            assertThat(earlier(folding).microDollars(Samples.T0)).isEqualTo(sum);
            assertThat(earlier(folding).until()).isEqualTo(old.getLast().until());
        } finally {
            folding.close();
        }
    }

    private static SpendEntry longAgo(String subject, Optional<Duration> time) {
        Instant from = Samples.T0.minus(Duration.ofDays(10));
        return new SpendEntry(
                "chat", SpendEntry.Kind.RENTED_SPOT, subject, Samples.OFFER.price(), from, time.map(from::plus));
    }

    private static SpendEntry earlier(StateStore store) {
        return store.spend("chat").stream()
                .filter(entry -> entry.subject().equals(SpendEntry.EARLIER))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fencesWhoeverLostTheLease() {
        Lease old = lease;
        Lease next = granted(store.acquire(old.claim()));

        assertThat(next.epoch()).isEqualTo(old.epoch() + 1);
        assertThat(store.commit(old, List.of(put("chat", 1, 1, Lifecycle.READY))))
                .isEqualTo(new CommitResult.Fenced(Optional.of(next)));
        assertThat(store.commit(old, List.of(new Change.PutAccount(Samples.account("aws", "4711")))))
                .isEqualTo(new CommitResult.Fenced(Optional.of(next)));
        assertThat(store.heartbeat(old)).isFalse();
        assertThat(store.read().replicas()).isEmpty();
        assertThat(store.read().accounts()).isEmpty();
        store.release(old);
        assertThat(store.heartbeat(next)).isTrue();
    }

    @Test
    void fencesAfterReleaseAndUnlock() {
        store.release(lease);
        assertThat(store.commit(lease, List.of())).isEqualTo(new CommitResult.Fenced(Optional.empty()));
        assertThat(store.read().lease()).isEmpty();

        Lease next = granted(store.acquire(Samples.claim("b")));
        assertThat(next.epoch()).isEqualTo(lease.epoch() + 1);
        assertThat(store.forceUnlock(lease.epoch())).isFalse();
        assertThat(store.forceUnlock(next.epoch())).isTrue();
        assertThat(store.forceUnlock(next.epoch())).isFalse();
        assertThat(store.commit(next, List.of())).isEqualTo(new CommitResult.Fenced(Optional.empty()));
    }

    @Test
    void replacesAForeignHolderOnlyLongAfterItsLastSign() {
        store.release(lease);
        Lease foreign = granted(store.acquire(Samples.claim("far")));

        pass(LeaseTerms.EXPIRY.plusSeconds(1));
        assertThat(store.acquire(Samples.claim("b"))).isInstanceOf(LeaseResult.HeldBy.class);
        assertThat(store.heartbeat(foreign)).isTrue();
        pass(LeaseTerms.EXPIRY.plus(LeaseTerms.CALL_GRACE).minusSeconds(1));
        assertThat(store.acquire(Samples.claim("b"))).isInstanceOf(LeaseResult.HeldBy.class);
        pass(Duration.ofSeconds(10));
        assertThat(granted(store.acquire(Samples.claim("b"))).epoch()).isEqualTo(foreign.epoch() + 1);
    }

    @Test
    void replacesADeadProcessOfThisHostAtOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor()).isZero();
        LeaseClaim self = lease.claim();
        store.release(lease);
        granted(store.acquire(new LeaseClaim("dead", self.host(), self.machine(), ended.pid(), 0, "apply")));
        Lease reused = granted(store.acquire(new LeaseClaim(
                "pid was reused", self.host(), self.machine(), self.pid(), self.processStart() - 60_000, "apply")));
        Lease ours = granted(store.acquire(self));

        assertThat(ours.epoch()).isEqualTo(reused.epoch() + 1);
        assertThat(store.acquire(Samples.claim("b"))).isInstanceOf(LeaseResult.HeldBy.class);
    }

    @Test
    void aLivingProcessOfAnotherPartOfThisMachineKeepsItsLease() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor()).isZero();
        LeaseClaim self = lease.claim();
        store.release(lease);
        granted(store.acquire(
                new LeaseClaim("in a container", self.host(), "another namespace", ended.pid(), 0, "watch")));

        assertThat(store.acquire(self)).isInstanceOf(LeaseResult.HeldBy.class);
    }
}
