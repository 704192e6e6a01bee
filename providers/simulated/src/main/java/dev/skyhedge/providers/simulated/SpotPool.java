package dev.skyhedge.providers.simulated;

import dev.skyhedge.providers.simulated.CloudRules.Victims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What is held of one series of the market. Guarded by the cloud's lock.
final class SpotPool {
    private final TreeMap<Long, Rented> staying = new TreeMap<>();
    private int occupied;

    void enter(Rented rented) {
        staying.put(rented.ordinal, rented);
        occupied++;
    }

    /// It was given notice or is on its way out: it takes room, but cannot be taken again.
    void goes(Rented rented) {
        staying.remove(rented.ordinal);
    }

    void ended(Rented rented) {
        staying.remove(rented.ordinal);
        occupied--;
    }

    boolean hasRoom(int capacity) {
        return occupied < capacity;
    }

    List<Rented> staying() {
        return List.copyOf(staying.values());
    }

    /// Who must go so that at most `capacity` stay.
    List<Rented> excess(int capacity, Victims victims, RandomGenerator random) {
        int count = staying.size() - capacity;
        if (count <= 0) {
            return List.of();
        }
        return switch (victims) {
            case NEWEST ->
                staying.descendingMap().values().stream().limit(count).toList();
            case RANDOM -> drawn(count, random);
        };
    }

    private List<Rented> drawn(int count, RandomGenerator random) {
        List<Rented> all = new ArrayList<>(staying.values());
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i, all.size());
            Rented swapped = all.get(i);
            all.set(i, all.get(j));
            all.set(j, swapped);
        }
        return List.copyOf(all.subList(0, count));
    }

    static SpotPool of(Map<String, SpotPool> pools, String series) {
        return pools.computeIfAbsent(series, key -> new SpotPool());
    }
}
