package dev.skyhedge.engine.weights;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where one model is.
///
/// @param places whole copies
/// @param coming the machine that loads a host copy, if one does: never more than one
/// @param leaving replicas whose end waits for another copy; their places are still among `places`
record ModelCopies(long bytes, SortedSet<Place> places, Optional<String> coming, SortedSet<String> leaving) {
    ModelCopies {
        places = Collections.unmodifiableSortedSet(new TreeSet<>(places));
        leaving = Collections.unmodifiableSortedSet(new TreeSet<>(leaving));
    }

    static ModelCopies none(long bytes) {
        return new ModelCopies(bytes, new TreeSet<>(), Optional.empty(), new TreeSet<>());
    }

    /// Copies that nobody is about to take away.
    List<Place> staying() {
        return places.stream()
                .filter(place -> !(place instanceof Place.Gpu gpu && leaving.contains(gpu.replica())))
                .toList();
    }

    Optional<Place.Host> host() {
        return places.stream()
                .filter(Place.Host.class::isInstance)
                .map(Place.Host.class::cast)
                .findFirst();
    }

    ModelCopies with(Place place) {
        SortedSet<Place> more = new TreeSet<>(places);
        more.add(place);
        return new ModelCopies(bytes, more, coming, leaving);
    }

    ModelCopies without(Collection<? extends Place> lost) {
        SortedSet<Place> fewer = new TreeSet<>(places);
        fewer.removeAll(lost);
        SortedSet<String> waiting = new TreeSet<>(leaving);
        lost.forEach(place -> {
            if (place instanceof Place.Gpu gpu) {
                waiting.remove(gpu.replica());
            }
        });
        return new ModelCopies(bytes, fewer, coming, waiting);
    }

    ModelCopies coming(Optional<String> instance) {
        return new ModelCopies(bytes, places, instance, leaving);
    }

    ModelCopies leaving(String replica) {
        SortedSet<String> more = new TreeSet<>(leaving);
        more.add(replica);
        return new ModelCopies(bytes, places, coming, more);
    }
}
