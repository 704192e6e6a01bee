package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Services that a reconciler keeps up in a calm cloud, and questions about them, for tests.
abstract class RunningServices {
    static final Duration A_WHILE = Duration.ofMinutes(10);
    static final Declared CHAT = Declared.service("chat");

    final Cloud cloud = SimulatedClouds.calm();

    VirtualController serving(Declared... services) {
        var controller = new VirtualController(cloud, Declared.all(services));
        controller.run(A_WHILE);
        return controller;
    }

    static List<String> names(List<ReplicaRecord> replicas) {
        return replicas.stream().map(ReplicaRecord::name).toList();
    }

    static List<String> ready(VirtualController controller) {
        return names(controller.replicas(Lifecycle.READY));
    }

    static ReplicaRecord replica(VirtualController controller, String name) {
        return controller.replicas().stream()
                .filter(replica -> replica.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<String> kinds(VirtualController controller) {
        return controller.store().events("", 1_000).stream().map(Event::kind).toList();
    }

    /// The least number of replicas that served at any step from now on.
    static int[] leastServing(VirtualController controller) {
        int[] least = {Integer.MAX_VALUE};
        controller.watch((world, step) ->
                least[0] = Math.min(least[0], (int) world.replicas().getOrDefault("chat", List.of()).stream()
                        .filter(replica -> replica.lifecycle() == Lifecycle.READY)
                        .count()));
        return least;
    }

    static void inFlight(VirtualController controller, Map<String, Integer> requests) {
        controller.run(Duration.ofMillis(1));
        controller.tell(new Message.SignalsRead("chat", OptionalDouble.of(1), 0, requests, controller.now()));
    }
}
