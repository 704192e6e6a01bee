package dev.skyhedge.engine.simulate;

import dev.skyhedge.state.records.ReplicaRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes down what a run does.
final class Recorder {
    private final PaperProtocol protocol;
    private final int[][] spotHeld;
    private final int[][] spotReady;
    private final int[] onDemandHeld;
    private final int[] onDemandReady;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private int ticks = 0;

    Recorder(int zones, PaperProtocol protocol) {
        this.protocol = protocol;
        this.spotHeld = new int[zones][protocol.ticks()];
        this.spotReady = new int[zones][protocol.ticks()];
        this.onDemandHeld = new int[protocol.ticks()];
        this.onDemandReady = new int[protocol.ticks()];
    }

    void add(int tick, Occurrence.Kind kind, ReplicaRecord replica, String role, String reason) {
        occurrences.add(new Occurrence(
                tick,
                kind,
                replica.name(),
                replica.generation(),
                replica.offer().market(),
                replica.offer().location(),
                role,
                reason));
    }

    void tick(List<ZoneFleet> zones, ZoneFleet onDemand) {
        for (int zone = 0; zone < zones.size(); zone++) {
            spotHeld[zone][ticks] = zones.get(zone).size();
            spotReady[zone][ticks] = zones.get(zone).ready();
        }
        onDemandHeld[ticks] = onDemand.size();
        onDemandReady[ticks] = onDemand.ready();
        ticks++;
    }

    Timeline timeline() {
        return new Timeline(
                Counts.constant(protocol.target(), ticks),
                Arrays.stream(spotHeld).map(Counts::of).toList(),
                Arrays.stream(spotReady).map(Counts::of).toList(),
                Counts.of(onDemandHeld),
                Counts.of(onDemandReady));
    }

    List<Occurrence> occurrences() {
        return occurrences;
    }
}
