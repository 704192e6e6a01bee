package dev.skyhedge.state.store;

import static dev.skyhedge.state.store.Samples.put;
import static dev.skyhedge.state.store.StateStoreContract.committed;
import static dev.skyhedge.state.store.StateStoreContract.granted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.RentedTime;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [StateStore] still knows of earlier, and for how long.
interface HistoryContract extends StoreUnderTest {
    Retention SMALL = new Retention(5, 8, Duration.ofDays(90));

    @Test
    default void showsEventsNewestFirst() {
        commit(
                new Change.AppendEvent(Samples.event("chat", "1")),
                new Change.AppendEvent(Samples.event("bert", "2")),
                new Change.AppendEvent(Samples.event("chat", "3")));

        assertThat(store().events("", 10)).extracting(Event::message).containsExactly("3", "2", "1");
        assertThat(store().events("chat", 1)).extracting(Event::message).containsExactly("3");
    }

    @Test
    default void readsEverySerialBack() {
        List<Snapshot> seen = new ArrayList<>();
        seen.add(store().read());
        List<List<Change>> commits = List.of(
                List.of(new Change.PutWorkload(Samples.service("chat", 1)), put("chat", 1, 1, Lifecycle.READY)),
                List.of(put("chat", 1, 1, Lifecycle.GONE), put("chat", 1, 2, Lifecycle.READY)),
                List.of(put("chat", 1, 2, Lifecycle.GONE), new Change.RemoveWorkload("chat")),
                List.of(new Change.ForgetReplica("chat", "chat-1"), put("chat", 2, 1, Lifecycle.READY)));
        for (List<Change> changes : commits) {
            committed(store().commit(lease(), changes));
            seen.add(store().read());
        }

        for (Snapshot then : seen) {
            Snapshot now = store().readAt(then.serial());
            assertThat(now.services()).isEqualTo(then.services());
            assertThat(now.replicas()).isEqualTo(then.replicas());
            assertThat(now.openIntents()).isEmpty();
        }
        assertThatThrownBy(() -> store().readAt(99)).isInstanceOf(StateException.class);
    }

    @Test
    default void tellsEachRowOfACommitOnceWithBeforeAndAfter() {
        commit(put("chat", 1, 1, Lifecycle.REQUESTED));
        commit(put("chat", 1, 1, Lifecycle.STARTING), put("chat", 1, 1, Lifecycle.READY));

        List<HistoryEntry> history = store().history(Long.MAX_VALUE, 10);

        assertThat(history).extracting(HistoryEntry::serial).containsExactly(2L, 1L);
        assertThat(history.getFirst().key()).isEqualTo("chat/chat-1#1");
        assertThat(history.getFirst().beforeJson().orElseThrow()).contains("REQUESTED");
        assertThat(history.getFirst().afterJson().orElseThrow()).contains("READY");
        assertThat(history.getLast().beforeJson()).isEmpty();
        assertThat(store().history(2, 10)).containsExactly(history.getLast());
        assertThat(store().history(Long.MAX_VALUE, 1)).containsExactly(history.getFirst());
    }

    @Test
    default void dropsWhatIsOlderThanTheRetention() {
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
    default void keepsTheNewestGenerationsOfAReplicaAndThoseThatLive() {
        int last = ChangeApplier.GENERATIONS + 3;
        commit(put("chat", 1, 1, Lifecycle.STOPPING));
        for (int generation = 2; generation < last; generation++) {
            commit(put("chat", 1, generation, Lifecycle.FAILED));
        }
        Snapshot before = store().read();
        commit(put("chat", 1, last, Lifecycle.READY));

        assertThat(store().history(Long.MAX_VALUE, 2))
                .filteredOn(entry -> entry.afterJson().isEmpty())
                .extracting(HistoryEntry::key)
                .containsExactly("chat/chat-1#3");
        assertThat(store().readAt(before.serial()).replicas()).isEqualTo(before.replicas());
        commit(new Change.ForgetReplica("chat", "chat-1"));
        assertThat(store().history(Long.MAX_VALUE, ChangeApplier.GENERATIONS + 1))
                .extracting(HistoryEntry::key)
                .contains("chat/chat-1#1", "chat/chat-1#4")
                .doesNotContain("chat/chat-1#2");
    }

    @Test
    default void foldsOldSpendToTheMicroDollar() {
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

    @Test
    default void foldedSpendStillSaysWhatForAndOnWhatMachines() {
        StateStore folding = create(new Retention(5, 8, Duration.ofDays(1)));
        try {
            Lease held = granted(folding.acquire(LocalProcesses.claim("apply", "1")));
            for (int i = 1; i <= 9; i++) {
                RentedTime.Use use = i % 2 == 0 ? RentedTime.Use.START : RentedTime.Use.SERVING;
                SpendEntry entry = longAgo("chat-" + i + "#1", Optional.of(Duration.ofMinutes(i)))
                        .usedFor(Samples.rented(use));
                committed(folding.commit(held, List.of(new Change.PutSpend(entry))));
            }

            assertThat(folding.spend("chat"))
                    .extracting(entry -> entry.rented().orElseThrow())
                    .contains(
                            Samples.rented(RentedTime.Use.START).ofMany(),
                            Samples.rented(RentedTime.Use.SERVING).ofMany())
                    .doesNotHaveDuplicates();
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
}
