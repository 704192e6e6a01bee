package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.state.records.ReplicaKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A replica as requests meet it: slots that work, and a queue before them. Owned by [RequestTraffic].
final class ServingReplica {
    final ReplicaKey key;
    final Endpoint endpoint;
    final Accelerator accelerator;
    final RoundTrips.Continent continent;
    final int slots;
    private final Deque<Flight> queue = new ArrayDeque<>();
    private final List<Flight> flights = new ArrayList<>();
    private int inService;
    boolean draining;
    boolean drainedTold;
    /// Its machine is gone.
    boolean gone;
    /// A connection to it failed; it gets no requests until a routing table names it anew.
    boolean ejected;

    ServingReplica(
            ReplicaKey key, Endpoint endpoint, Accelerator accelerator, RoundTrips.Continent continent, int slots) {
        this.key = key;
        this.endpoint = endpoint;
        this.accelerator = accelerator;
        this.continent = continent;
        this.slots = slots;
    }

    int inFlight() {
        return flights.size();
    }

    /// Takes a request on.
    ///
    /// @return whether a slot is free for it; if not, it waits
    boolean take(Flight flight) {
        flights.add(flight);
        flight.on = this;
        if (inService < slots) {
            inService++;
            return true;
        }
        queue.addLast(flight);
        return false;
    }

    /// Takes a request on that will never get through.
    void takeInVain(Flight flight) {
        flights.add(flight);
        flight.on = this;
    }

    /// Lets a request go.
    ///
    /// @return the next one in its slot, which begins now
    @Nullable
    Flight leave(Flight flight) {
        flights.remove(flight);
        flight.on = null;
        switch (flight.phase) {
            case QUEUED -> queue.remove(flight);
            case IN_SERVICE -> {
                Flight next = queue.pollFirst();
                if (next == null) {
                    inService--;
                }
                return next;
            }
            case ARRIVING, HELD, CONNECTING, ENDED -> {}
        }
        return null;
    }

    /// All at once, in the order in which they came.
    List<Flight> loseAll() {
        List<Flight> all = List.copyOf(flights);
        flights.clear();
        queue.clear();
        inService = 0;
        all.forEach(flight -> flight.on = null);
        return all;
    }
}
