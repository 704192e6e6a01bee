package dev.skyhedge.engine.simulate.accelerators;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.spi.Accelerator;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who serves a window's requests: each bucket in the shares that were planned, and what is too
/// much for an accelerator on others with room, as a balancer does that looks at loads.
final class Routing {
    private final Profile profile;
    private final SortedMap<Accelerator, SortedMap<Bucket, Double>> requests = new TreeMap<>();
    private final SortedMap<Accelerator, Double> room = new TreeMap<>();

    private Routing(Profile profile, Allocation fleet, SortedMap<Bucket, Integer> arrivals) {
        this.profile = profile;
        fleet.byAccelerator().forEach((accelerator, replicas) -> {
            requests.put(accelerator, new TreeMap<>());
            room.put(accelerator, (double) replicas * Arrivals.WINDOW);
        });
        arrivals.forEach((bucket, count) -> {
            Map<Accelerator, Integer> shares = fleet.slices().getOrDefault(bucket, new TreeMap<>());
            double all = shares.values().stream().mapToInt(Integer::intValue).sum();
            shares.forEach((accelerator, share) -> take(accelerator, bucket, count * share / all));
        });
    }

    /// How many requests of a window are served within the service level. What is beyond an
    /// accelerator's room is not, whoever's it is.
    static double attained(Profile profile, Allocation fleet, SortedMap<Bucket, Integer> arrivals) {
        Routing routing = new Routing(profile, fleet, arrivals);
        List.copyOf(routing.room.keySet()).forEach(routing::relieve);
        double attained = 0;
        for (Map.Entry<Accelerator, SortedMap<Bucket, Double>> one : routing.requests.entrySet()) {
            double load = routing.load(one.getKey());
            double free = routing.roomOf(one.getKey());
            double within = free >= 0 ? 1 : (load + free) / load;
            attained += within
                    * one.getValue().values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
        }
        return attained;
    }

    private void take(Accelerator accelerator, Bucket bucket, double count) {
        requests.computeIfAbsent(accelerator, _ -> new TreeMap<>()).merge(bucket, count, Double::sum);
        room.merge(accelerator, -count / profile.maxRate(accelerator, bucket), Double::sum);
    }

    private double roomOf(Accelerator accelerator) {
        return room.getOrDefault(accelerator, 0.0);
    }

    /// Replica-seconds.
    private double load(Accelerator accelerator) {
        return requests.getOrDefault(accelerator, new TreeMap<>()).entrySet().stream()
                .mapToDouble(entry -> entry.getValue() / profile.maxRate(accelerator, entry.getKey()))
                .sum();
    }

    private record Move(Bucket bucket, Accelerator to, double gain) {}

    /// First what the other serves relatively best.
    private void relieve(Accelerator from) {
        SortedMap<Bucket, Double> own = requests.getOrDefault(from, new TreeMap<>());
        List<Move> moves = own.keySet().stream()
                .flatMap(bucket -> room.keySet().stream()
                        .filter(to -> !to.equals(from) && profile.maxRate(to, bucket) > 0)
                        .map(to -> new Move(bucket, to, profile.maxRate(to, bucket) / profile.maxRate(from, bucket))))
                .sorted(Comparator.comparingDouble(Move::gain)
                        .reversed()
                        .thenComparing(Move::bucket)
                        .thenComparing(Move::to))
                .toList();
        for (Move move : moves) {
            if (roomOf(from) >= 0) {
                return;
            }
            double count = Math.min(
                    own.getOrDefault(move.bucket(), 0.0),
                    Math.min(
                            -roomOf(from) * profile.maxRate(from, move.bucket()),
                            Math.max(0, roomOf(move.to())) * profile.maxRate(move.to(), move.bucket())));
            take(from, move.bucket(), -count);
            take(move.to(), move.bucket(), count);
        }
    }
}
