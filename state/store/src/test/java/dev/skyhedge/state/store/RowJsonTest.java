package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Memory;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.ReplicaForms;
import dev.skyhedge.state.store.json.RowJson;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rows of states that exist already: what earlier versions wrote must be read.
class RowJsonTest {
    private static final ReplicaRecord REPLICA = Samples.replica("chat", 1, 1, Lifecycle.READY);

    @Test
    void readsAZoneOfBeforeThereWereTrackRecords() {
        ZoneHealth read = RowJson.read(RecordForms.ZONE_HEALTH, """
                {"location":"aws/us-east-1/us-east-1a","accelerator":"L4:1","market":"spot","status":"PREEMPTING",
                 "failures":2,"since_millis":1772359200123,"retry_at_millis":1772359205123,"evidence":"no capacity"}
                """);

        assertThat(read.history()).isEqualTo(TrackRecord.NONE);
        assertThat(read.failures()).isEqualTo(2);
    }

    @Test
    void readsAReplicaOfBeforeRebalanceHintsWereKept() {
        String row = RowJson.write(ReplicaForms.REPLICA, REPLICA);

        assertThat(row).doesNotContain("at_risk_since");
        assertThat(RowJson.read(ReplicaForms.REPLICA, row)).isEqualTo(REPLICA);
    }

    @Test
    void readsBackAReplicaAtRisk() {
        ReplicaRecord atRisk = REPLICA.atRisk(Samples.T0);

        assertThat(RowJson.read(ReplicaForms.REPLICA, RowJson.write(ReplicaForms.REPLICA, atRisk)))
                .isEqualTo(atRisk);
    }

    @Test
    void readsBackAsWhatALaunchWasRefused() {
        ReplicaRecord refused = REPLICA.refused("no_capacity");

        assertThat(RowJson.read(ReplicaForms.REPLICA, RowJson.write(ReplicaForms.REPLICA, refused)))
                .isEqualTo(refused);
        assertThat(RowJson.read(ReplicaForms.MACHINE, RowJson.write(ReplicaForms.MACHINE, refused.machine())))
                .isEqualTo(refused.machine());
    }

    @Test
    void readsAsWhatALaunchWasRefusedInARowOfBeforeThereWereMachines() {
        ReplicaRecord refused = Samples.replica("chat", 1, 2, Lifecycle.REQUESTED)
                .in(Lifecycle.FAILED, Samples.T0, "no_capacity: none left");

        ObjectNode row = (ObjectNode) ReplicaForms.REPLICA.write(refused);
        row.remove("machine");

        assertThat(ReplicaForms.REPLICA.read(row).machine().refusedAs()).contains("no_capacity");
    }

    @Test
    void readsBackATrackRecord() {
        var known = new TrackRecord(
                Optional.of(Samples.T0),
                Duration.ofHours(3),
                Optional.of(Samples.T0.plusMillis(1)),
                Optional.of(Samples.T0.plusMillis(2)),
                true,
                4,
                5,
                new Memory(
                        1_500_000, Duration.ofHours(7), 2_000_000, Duration.ofHours(9), 2, Samples.T0.plusMillis(3)));
        var zone = new ZoneHealth(
                Samples.OFFER.location(),
                Samples.OFFER.accelerator(),
                Samples.OFFER.market(),
                ZoneHealth.Status.ACTIVE,
                0,
                Samples.T0,
                Samples.T0,
                "a launch was accepted",
                known);

        assertThat(RowJson.read(RecordForms.ZONE_HEALTH, RowJson.write(RecordForms.ZONE_HEALTH, zone)))
                .isEqualTo(zone);
    }

    @Test
    void keepsWhatHasNothingToCutAsTheOneThatItIs() {
        Change cut = Millis.cut(new Change.PutReplica(REPLICA));

        assertThat(cut)
                .isInstanceOfSatisfying(
                        Change.PutReplica.class,
                        put -> assertThat(put.replica()).isSameAs(REPLICA));
    }

    @Test
    void sharesThePartsThatHaveNothingToCut() {
        ReplicaRecord uncut = REPLICA.atRisk(Samples.T0.plusNanos(1));

        Change cut = Millis.cut(new Change.PutReplica(uncut));

        assertThat(cut).isInstanceOfSatisfying(Change.PutReplica.class, put -> {
            assertThat(put.replica()).isEqualTo(REPLICA.atRisk(Samples.T0));
            assertThat(put.replica().task()).isSameAs(uncut.task());
        });
    }
}
