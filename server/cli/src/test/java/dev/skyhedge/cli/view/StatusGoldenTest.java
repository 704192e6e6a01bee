package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.view.status.ServiceCondition;
import dev.skyhedge.cli.view.status.StatusJson;
import dev.skyhedge.cli.view.status.StatusReport;
import dev.skyhedge.cli.view.status.StatusText;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.ZoneHealth;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusGoldenTest {
    private static final Instant NOW = Samples.T0.plusSeconds(2 * 3600);
    private static final String WITH_ENDPOINT =
            Samples.SPEC_JSON.replace("\"protect\"", "\"endpoint\":{\"host\":\"127.0.0.1\",\"port\":8080},\"protect\"");

    private static StatusReport report() {
        var replicas = List.of(
                Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, "passes its probes"),
                Samples.replica("chat", 2, Lifecycle.READY, Samples.OREGON, ""),
                Samples.replica("chat", 3, Lifecycle.FAILED, Samples.IOWA, "exited with code 1"),
                Samples.replica("chat", 4, Lifecycle.PREEMPTED, Samples.OREGON, "taken back"),
                Samples.replica("embed", 1, Lifecycle.DRAINING, Samples.STAND_IN, "service.embed is not in the spec"));
        var zone = new ZoneHealth(
                Samples.OREGON.location(),
                Samples.OREGON.accelerator(),
                Market.SPOT,
                ZoneHealth.Status.PREEMPTING,
                2,
                Samples.T0,
                NOW.plusSeconds(90),
                "preempted chat-4");
        var state = new Snapshot(
                "lineage-1",
                12,
                List.of(Samples.service("chat", WITH_ENDPOINT, 3), Samples.service("embed", Samples.SPEC_JSON, 1)),
                replicas,
                List.of(),
                List.of(zone),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        var spend = List.of(
                spend("chat", SpendEntry.Kind.RENTED_SPOT, "0.312", Optional.empty()),
                spend("chat", SpendEntry.Kind.RENTED_ON_DEMAND, "0.805", Optional.of(Samples.T0.plusSeconds(600))),
                spend("chat", SpendEntry.Kind.ALL_ON_DEMAND, "2.415", Optional.empty()));
        var events = List.of(
                new Event(NOW.minusSeconds(60), "chat", "chat-4", "preempted", "taken back"),
                new Event(NOW.minusSeconds(7000), "chat", "chat-4", "preempted", "taken back"),
                new Event(NOW.minusSeconds(61), "chat", "chat-4", "preemption_notice", "will be taken back"));
        return StatusReport.of(state, spend, events, NOW);
    }

    private static SpendEntry spend(String service, SpendEntry.Kind kind, String price, Optional<Instant> until) {
        return new SpendEntry(service, kind, "chat-1#1", HourlyPrice.ofUsd(price), Samples.T0, until);
    }

    @Test
    void showsServicesAndLiveReplicas() {
        Golden.check("status.txt", StatusText.render(report(), false, new Display(200, false)));
    }

    @Test
    void showsEndedReplicasAndZonesOnRequest() {
        Golden.check("status-all.txt", StatusText.render(report(), true, new Display(120, true)));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 140})
    void keepsToTheWidthOfTheTerminal(int columns) {
        Golden.check("status-" + columns + ".txt", StatusText.render(report(), true, new Display(columns, false)));
    }

    @Test
    void noLineIsLongerThanTheTerminalIsWide() {
        for (int columns = 80; columns < 200; columns++) {
            int most = columns;

            assertThat(StatusText.render(report(), true, new Display(columns, false))
                            .lines())
                    .allMatch(line -> line.length() <= most);
        }
    }

    @Test
    void writesEverythingAsJson() throws IOException {
        String json = StatusJson.render(report());

        assertThat(new ObjectMapper().readTree(StatusJson.line(report()))).isEqualTo(new ObjectMapper().readTree(json));
        assertThat(json).doesNotContain("sha256");
        Golden.check("status.json", json);
    }

    @Test
    void comparesWhatWasSpentWithWhatOnDemandWouldHaveCost() {
        var chat = report().services().getFirst();

        assertThat(chat.spentMicroDollars()).isEqualTo(624_000 + 134_167);
        assertThat(chat.allOnDemandMicroDollars()).isEqualTo(4_830_000);
        assertThat(chat.savedPercent()).contains(84L);
        assertThat(chat.recentPreemptions()).isEqualTo(1);
    }

    @Test
    void countsReplicasThatDoNotFit() {
        List<ReplicaRecord> many = new ArrayList<>();
        for (int i = 1; i <= 150; i++) {
            many.add(Samples.replica("chat", i, Lifecycle.READY, Samples.VIRGINIA, ""));
        }
        var state = Snapshot.of("l", 1, List.of(Samples.service("chat", Samples.SPEC_JSON, 150)), many);

        assertThat(StatusText.render(StatusReport.of(state, List.of(), List.of(), NOW), false, Display.PLAIN))
                .endsWith("… and 50 more; -all shows them\n");
    }

    @Test
    void derivesTheConditionOfAService() {
        assertThat(condition(0)).isEqualTo(ServiceCondition.NO_REPLICA);
        assertThat(condition(1, Lifecycle.STARTING)).isEqualTo(ServiceCondition.STARTING);
        assertThat(condition(2, Lifecycle.READY, Lifecycle.STARTING)).isEqualTo(ServiceCondition.DEGRADED);
        assertThat(condition(1, Lifecycle.READY, Lifecycle.STARTING)).isEqualTo(ServiceCondition.READY);
        assertThat(condition(1, Lifecycle.STOPPING, Lifecycle.GONE)).isEqualTo(ServiceCondition.STOPPING);
        assertThat(condition(1, Lifecycle.GONE)).isEqualTo(ServiceCondition.NO_REPLICA);
        var failing = Samples.replica("chat", 1, Lifecycle.FAILED, Samples.VIRGINIA, "")
                .failing();
        assertThat(ServiceCondition.of(1, List.of(failing))).isEqualTo(ServiceCondition.FAILED);
    }

    private static ServiceCondition condition(int wanted, Lifecycle... lifecycles) {
        List<ReplicaRecord> replicas = new ArrayList<>();
        for (Lifecycle lifecycle : lifecycles) {
            replicas.add(Samples.replica("chat", replicas.size() + 1, lifecycle, Samples.VIRGINIA, ""));
        }
        return ServiceCondition.of(wanted, replicas);
    }
}
