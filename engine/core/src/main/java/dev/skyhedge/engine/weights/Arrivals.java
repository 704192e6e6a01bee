package dev.skyhedge.engine.weights;

import dev.skyhedge.spi.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The order of cheaper moves: what needs no transfer comes first, then what is near to a copy.
public final class Arrivals {
    private Arrivals() {}

    /// What there is.
    ///
    /// @param draining replicas of the model that are about to leave, least drained first
    /// @param drained replicas that have ended their work and still hold the model, newest first
    /// @param rooms machines on which a new replica could be started; one of several replicas is named
    ///     as often
    /// @param copies machines that hold the model
    public record Chances(List<String> draining, List<String> drained, List<Peer> rooms, List<Peer> copies) {
        public Chances {
            draining = List.copyOf(draining);
            drained = List.copyOf(drained);
            rooms = List.copyOf(rooms);
            copies = List.copyOf(copies);
        }
    }

    /// The best ways for so many more replicas; fewer if there are no more.
    public static List<Arrival> choose(int more, Chances chances) {
        Stream<Arrival> stay = chances.draining().stream()
                .map(replica -> new Arrival.CancelDrain(replica, "it serves at once if it does not leave"));
        Stream<Arrival> again = chances.drained().stream()
                .map(replica -> new Arrival.Reuse(replica, "it was drained and still holds the model"));
        Stream<Arrival> load = chances.rooms().stream()
                .map(room -> load(room, chances.copies()))
                .sorted(Comparator.comparing(Arrival.Load::distance))
                .map(Arrival.class::cast);
        return new ArrayList<>(
                Stream.of(stay, again, load).flatMap(each -> each).limit(more).toList());
    }

    private static Arrival.Load load(Peer room, Collection<Peer> copies) {
        Arrival.Distance distance = copies.stream()
                .map(copy -> distance(copy, room))
                .min(Comparator.naturalOrder())
                .orElse(Arrival.Distance.ELSEWHERE);
        return new Arrival.Load(
                room.name(),
                distance,
                switch (distance) {
                    case INSTANCE -> "its machine holds the model already";
                    case ZONE -> "the model is in its zone";
                    case REGION -> "the model is in its region";
                    case ELSEWHERE -> "the model comes from another region or from a store";
                });
    }

    private static Arrival.Distance distance(Peer copy, Peer room) {
        Location from = copy.location();
        Location to = room.location();
        if (copy.name().equals(room.name())) {
            return Arrival.Distance.INSTANCE;
        }
        if (from.equals(to)) {
            return Arrival.Distance.ZONE;
        }
        return copy.region().equals(room.region()) ? Arrival.Distance.REGION : Arrival.Distance.ELSEWHERE;
    }
}
