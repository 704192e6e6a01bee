package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Streams that run on replicas for a given time, counted as a balancer counts them once a second. One whose machine
/// ends before it is cut.
final class Streams {
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(1);

    private final VirtualController controller;
    private final String service;
    private final List<Stream> running = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private int whole;

    private record Stream(String replica, String instance, Instant ends) {}

    Streams(VirtualController controller, String service) {
        this.controller = controller;
        this.service = service;
    }

    /// One more on this replica.
    void begin(ReplicaRecord replica, Duration length) {
        running.add(new Stream(
                replica.name(),
                replica.instanceId().orElseThrow(),
                controller.now().plus(length)));
        count();
    }

    /// One more on each ready replica.
    void beginEverywhere(Duration length) {
        controller.replicas(Lifecycle.READY).forEach(replica -> begin(replica, length));
    }

    /// Lets time pass.
    void run(Duration time) {
        Instant end = controller.now().plus(time);
        while (controller.now().isBefore(end)) {
            controller.run(COUNTED_EVERY);
            count();
        }
    }

    private void count() {
        running.removeIf(stream -> isOver(stream));
        Map<String, Integer> inFlight = new HashMap<>();
        controller.live().forEach(replica -> inFlight.put(replica.name(), 0));
        running.forEach(stream -> inFlight.merge(stream.replica(), 1, Integer::sum));
        controller.tell(new Message.SignalsRead(service, OptionalDouble.of(0), 0, inFlight, controller.now()));
    }

    private boolean isOver(Stream stream) {
        Instant lived = controller
                .cloud()
                .ledger()
                .rental(stream.instance())
                .flatMap(Rental::end)
                .map(Instance.End::at)
                .orElse(controller.now());
        if (!stream.ends().isAfter(lived)) {
            whole++;
            return true;
        }
        boolean isCut = lived.isBefore(controller.now());
        if (isCut) {
            cut.add(stream.replica() + " with " + Duration.between(lived, stream.ends()) + " to go");
        }
        return isCut;
    }

    int running() {
        return running.size();
    }

    /// So many ended, and all of them whole.
    void assertWhole(int ended) {
        assertThat(cut).isEmpty();
        assertThat(whole).isEqualTo(ended);
    }
}
