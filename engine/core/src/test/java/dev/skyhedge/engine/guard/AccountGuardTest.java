package dev.skyhedge.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountGuardTest {
    private static final CloudAccount FIRST = new CloudAccount("", "4711");
    private static final CloudAccount SECOND = new CloudAccount("", "4712");
    private static final Intent LAUNCH = new Intent(
            "launch",
            1,
            Intent.Operation.LAUNCH,
            "chat",
            new MachineKey("chat-1", 1),
            new IdempotencyToken("t1"),
            "v1",
            new Offer(
                    "small",
                    Accelerator.parse("CPU:1"),
                    Location.parse("sim/east/east-a"),
                    Market.SPOT,
                    HourlyPrice.ofUsd("0.3")),
            Optional.empty(),
            Instant.EPOCH);

    private static Snapshot state(List<ProviderAccount> accounts, Intent... open) {
        return new Snapshot(
                "l1",
                3,
                List.of(),
                List.of(),
                List.of(open),
                List.of(),
                List.of(),
                accounts,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static Snapshot begunIn(CloudAccount account, Intent... open) {
        return state(List.of(new ProviderAccount("sim", account)), open);
    }

    private static SortedMap<String, CloudAccount> now(CloudAccount account) {
        return new TreeMap<>(Map.of("sim", account));
    }

    @Test
    void objectsToAnotherAccountWhileALaunchIsUnderWayInTheFirst() {
        assertThat(AccountGuard.objection(begunIn(FIRST, LAUNCH), now(SECOND))).hasValueSatisfying(objection -> {
            assertThat(objection.summary()).isEqualTo("Provider \"sim\" is another cloud than before");
            assertThat(objection.detail()).contains("run in 4711; now it would be 4712");
        });
    }

    @Test
    void objectsToAnotherEndpointWhateverTheAccount() {
        var elsewhere = new CloudAccount("http://127.0.0.1:5000", "");

        assertThat(AccountGuard.objection(begunIn(elsewhere, LAUNCH), now(CloudAccount.NONE)))
                .isPresent();
    }

    @Test
    void takesAnUnknownAccountForTheSame() {
        assertThat(AccountGuard.objection(begunIn(FIRST, LAUNCH), now(CloudAccount.NONE)))
                .isEmpty();
    }

    @Test
    void letsAProviderChangeThatRunsNothing() {
        assertThat(AccountGuard.objection(begunIn(FIRST), now(SECOND))).isEmpty();
        assertThat(AccountGuard.news(begunIn(FIRST), now(SECOND)))
                .containsExactly(new Change.PutAccount(new ProviderAccount("sim", SECOND)));
    }

    @Test
    void anAccountThatIsNotToldAnyMoreIsNoNews() {
        assertThat(AccountGuard.news(begunIn(FIRST), now(CloudAccount.NONE))).isEmpty();
        assertThat(AccountGuard.news(begunIn(CloudAccount.NONE), now(FIRST))).hasSize(1);
        assertThat(AccountGuard.news(state(List.of()), now(CloudAccount.NONE))).isEmpty();
    }
}
