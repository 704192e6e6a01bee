package dev.skyhedge.watch.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.IntentOutcome;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.watch.installation.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudAccountsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private final InMemoryState store = new InMemoryState("l1", InstantSource.fixed(T0));
    private Lease lease = lease();

    private Lease lease() {
        return ((LeaseResult.Granted) store.acquire(new LeaseClaim("me", "here", 1, 1, "apply"))).lease();
    }

    @BeforeEach
    void launchInTheFirst() {
        remember("", "4711");
        launch("first");
    }

    private void launch(String intent) {
        commit(new Change.OpenIntent(new Intent(
                intent,
                lease.epoch(),
                Intent.Operation.LAUNCH,
                "chat",
                new MachineKey("chat-1", 1),
                new IdempotencyToken("t1"),
                "v1",
                new Offer(
                        "g6.xlarge",
                        Accelerator.parse("L4:1"),
                        Location.parse("fake/east/east-a"),
                        Market.SPOT,
                        HourlyPrice.ofUsd("0.3")),
                Optional.empty(),
                T0)));
    }

    private void endTheFirst() {
        commit(new Change.CloseIntent(
                "first", new IntentOutcome(IntentOutcome.Kind.FAILED, Optional.empty(), "no capacity", T0)));
    }

    private void commit(Change change) {
        assertThat(store.commit(lease, List.of(change))).isInstanceOf(CommitResult.Committed.class);
    }

    private CloudAccounts guard(String endpoint, String account) {
        return of(new CloudAccount(endpoint, account));
    }

    private static CloudAccounts of(CloudAccount account) {
        return new CloudAccounts(new TreeMap<>(Map.of("fake", account)));
    }

    private void require(String endpoint, String account) {
        guard(endpoint, account).require(store.read());
    }

    private void remember(String endpoint, String account) {
        guard(endpoint, account).remember(store, lease);
    }

    private List<CloudAccount> remembered() {
        return store.read().accounts().stream().map(ProviderAccount::account).toList();
    }

    @Test
    void refusesAnotherEndpointOrAccountWhileReplicasRunInTheFirst() {
        assertThatThrownBy(() -> require("http://127.0.0.1:5000", "4711")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> require("", "4712")).isInstanceOf(Refusal.class);
        assertThatCode(() -> require("", "4711")).as("the first again").doesNotThrowAnyException();
    }

    @Test
    void refusesTheCloudsOwnEndpointWithoutAnAccountWhileReplicasRunAtAnother() {
        endTheFirst();
        remember("http://127.0.0.1:5000", "");
        launch("second");

        assertThatThrownBy(() -> require("", "")).isInstanceOf(Refusal.class);
    }

    @Test
    void takesAnUnknownAccountForTheSame() {
        assertThatCode(() -> require("", "")).doesNotThrowAnyException();
    }

    @Test
    void learnsAnAccountThatWasUnknownAtFirst() {
        endTheFirst();
        remember("http://127.0.0.1:5000", "");
        remember("http://127.0.0.1:5000", "4711");

        assertThat(remembered()).containsExactly(new CloudAccount("http://127.0.0.1:5000", "4711"));
        remember("http://127.0.0.1:5000", "");
        assertThat(remembered()).containsExactly(new CloudAccount("http://127.0.0.1:5000", "4711"));
    }

    @Test
    void letsAProviderChangeThatRunsNothing() {
        endTheFirst();

        remember("", "4712");

        assertThat(remembered()).containsExactly(new CloudAccount("", "4712"));
    }

    @Test
    void looksAtWhatWasWrittenSinceBeforeItWrites() {
        endTheFirst();
        CloudAccounts late = guard("", "4712");
        late.require(store.read());
        launch("second");

        assertThatThrownBy(() -> late.remember(store, lease)).isInstanceOf(Refusal.class);
        assertThat(remembered()).containsExactly(new CloudAccount("", "4711"));
    }

    @Test
    void writesNothingUnderALeaseThatWasLost() {
        endTheFirst();
        Lease lost = lease;
        lease = lease();

        guard("", "4712").remember(store, lost);

        assertThat(remembered()).containsExactly(new CloudAccount("", "4711"));
    }

    @Test
    void remembersNothingOfAProviderWithoutAccounts() {
        var empty = new InMemoryState("l2", InstantSource.fixed(T0));

        of(CloudAccount.NONE)
                .remember(
                        empty,
                        ((LeaseResult.Granted) empty.acquire(new LeaseClaim("me", "here", 1, 1, "apply"))).lease());

        assertThat(empty.read().accounts()).isEmpty();
    }
}
