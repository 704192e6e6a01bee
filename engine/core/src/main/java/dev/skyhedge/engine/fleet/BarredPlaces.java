package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where one workload must not launch as launches were refused there. A scope whose pause is over is asked for one
/// launch at a time until one is accepted. An object serves one plan.
final class BarredPlaces {
    private final List<Barred> all;
    private final Barred.Edit edit;
    private final Instant now;
    private final Set<Barred> beingAsked = new HashSet<>();

    /// @param edit what new replicas run: what was wrong with another version says nothing
    BarredPlaces(World world, Barred.Edit edit) {
        this.edit = edit;
        this.now = world.now();
        this.all = world.refused().barred().stream()
                .filter(bar -> bar.edit().filter(one -> !one.equals(edit)).isEmpty())
                .toList();
        if (!all.isEmpty()) {
            world.replicas().values().forEach(replicas -> replicas.forEach(this::noteAsked));
        }
    }

    private void noteAsked(ReplicaRecord replica) {
        if (replica.lifecycle() == Lifecycle.REQUESTED) {
            var by = new Barred.Edit(replica.service(), replica.version());
            all.stream().filter(bar -> bar.covers(replica.offer(), by)).forEach(beingAsked::add);
        }
    }

    /// Why nothing like this is to be asked for.
    Optional<Closed> closed(Offer offer) {
        return about(offer)
                .map(bar -> new Closed(bar.text(), Optional.of(bar.retryAt())))
                .or(() -> all.stream()
                        .filter(bar -> bar.covers(offer, edit) && beingAsked.contains(bar))
                        .findFirst()
                        .map(bar -> new Closed(bar.scope() + " is being tried again", Optional.empty())));
    }

    private Optional<Barred> about(Offer offer) {
        return all.stream()
                .filter(bar -> isInForce(bar) && bar.covers(offer, edit))
                .findFirst();
    }

    private boolean isInForce(Barred bar) {
        return bar.retryAt().isAfter(now);
    }

    /// One of these is being asked for.
    void take(Offer offer) {
        all.stream().filter(bar -> bar.covers(offer, edit)).forEach(beingAsked::add);
    }

    /// What keeps it from these for as long as nobody changes anything; empty if waiting may help.
    Optional<Barred> lasting(Offer offer) {
        return all.stream()
                .filter(bar -> isInForce(bar) && bar.isLasting() && bar.covers(offer, edit))
                .findFirst();
    }

    /// Those that keep it from some of these offers for as long as nobody changes anything.
    List<Barred> lastingAmong(Collection<Offer> offers) {
        return all.stream()
                .filter(bar -> isInForce(bar) && bar.isLasting())
                .filter(bar -> offers.stream().anyMatch(offer -> bar.covers(offer, edit)))
                .toList();
    }

    /// When each of them is worth another try.
    List<Instant> retries() {
        return all.stream().filter(this::isInForce).map(Barred::retryAt).toList();
    }
}
