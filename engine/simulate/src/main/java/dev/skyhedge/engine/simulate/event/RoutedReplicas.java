package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ReplicaKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The replicas of the routing table in use, and those of earlier ones that still work on requests.
final class RoutedReplicas {
    private final ServiceSpec service;
    private final TrafficSettings settings;
    private final Function<Endpoint, Optional<Offer>> machines;
    private final Map<Endpoint, ServingReplica> replicas = new LinkedHashMap<>();
    private List<ServingReplica> ready = List.of();
    private @Nullable ReplicaChoice choice;

    /// @param machines what runs at an address
    RoutedReplicas(ServiceSpec service, TrafficSettings settings, Function<Endpoint, Optional<Offer>> machines) {
        this.service = service;
        this.settings = settings;
        this.machines = machines;
    }

    Collection<ServingReplica> all() {
        return replicas.values();
    }

    @Nullable
    ServingReplica at(Endpoint endpoint) {
        return replicas.get(endpoint);
    }

    /// The one that a request goes to; null if none can take it.
    @Nullable
    ServingReplica choose(Flight flight) {
        int index = choice == null ? -1 : choice.choose(new Ready(flight));
        return index < 0 ? null : ready.get(index);
    }

    /// How many held requests those that take any may be given at once.
    int room() {
        int room = 0;
        for (ServingReplica replica : ready) {
            room += replica.ejected ? 0 : Math.max(0, TrafficSettings.RELEASE_PER_REPLICA - replica.inFlight());
        }
        return room;
    }

    /// A new table.
    void use(Routes routes) {
        List<ServingReplica> taking = new ArrayList<>();
        Map<Endpoint, ServingReplica> before = new HashMap<>(replicas);
        replicas.clear();
        for (Routes.Route route : routes.routes()) {
            ServingReplica replica = before.computeIfAbsent(route.endpoint(), _ -> newReplica(route));
            if (replica.draining && !route.draining()) {
                replica.drainedTold = false;
            }
            replica.draining = route.draining();
            replicas.put(route.endpoint(), replica);
            if (!route.draining()) {
                taking.add(replica);
            }
        }
        // One that no table names any more works on until its machine goes.
        before.forEach((endpoint, replica) -> {
            if (!replicas.containsKey(endpoint) && replica.inFlight() > 0) {
                replicas.put(endpoint, replica);
            }
        });
        ready = List.copyOf(taking);
        double[] weights = new double[ready.size()];
        Arrays.fill(weights, 1);
        choice = settings.choice().forTable(settings.endpoint().policy(), weights);
    }

    private ServingReplica newReplica(Routes.Route route) {
        Optional<Offer> offer = machines.apply(route.endpoint());
        var replica = new ServingReplica(
                new ReplicaKey(service.name(), route.replica(), route.generation()),
                route.endpoint(),
                offer.map(Offer::accelerator)
                        .orElse(service.resources().accelerators().getFirst()),
                offer.map(found -> RoundTrips.Continent.of(found.location().region()))
                        .orElse(RoundTrips.Continent.US),
                settings.slots());
        replica.gone = offer.isEmpty();
        return replica;
    }

    /// The ready replicas as the policy sees them.
    private final class Ready implements ReplicaChoice.Candidates {
        private final Flight flight;

        Ready(Flight flight) {
            this.flight = flight;
        }

        @Override
        public int size() {
            return ready.size();
        }

        @Override
        public boolean eligible(int index) {
            ServingReplica replica = ready.get(index);
            return !replica.ejected && !flight.tried.contains(replica);
        }

        @Override
        public int inFlight(int index) {
            return ready.get(index).inFlight();
        }

        @Override
        public double weight(int index) {
            return 1;
        }
    }
}
