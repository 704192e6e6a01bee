package dev.skyhedge.engine.weights;

import dev.skyhedge.spi.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What tests of plans share.
final class WeightPlans {
    static final long GB = 1_000_000_000L;
    static final double GIGABIT = 1e9;
    static final int CHUNK = 4 * 1024 * 1024;
    static final EgressPrices PRICES = new EgressPrices(
            new TreeMap<>(Map.of(
                    "aws",
                    new EgressPrices.Tariff(0.01, 0.02, 0.09),
                    "gcp",
                    new EgressPrices.Tariff(0.01, 0.02, 0.12))),
            EgressPrices.Tariff.FREE);

    private WeightPlans() {}

    /// In `cloud/region/zone`, with a link of so many gigabits per second.
    static Peer peer(String name, String location, double gigabits) {
        return new Peer(name, Location.parse(location), gigabits * GIGABIT);
    }

    static Target target(String name, String location, double gigabits) {
        return new Target("replica-" + name, peer(name, location, gigabits));
    }

    static Holder idle(String name, String location, double gigabits) {
        return new Holder(peer(name, location, gigabits), Holder.Role.WHOLE, 0);
    }

    static WeightRequest request(List<Target> targets, List<Holder> holders, List<Peer> stores) {
        return new WeightRequest("llama", 16 * GB, CHUNK, targets, holders, stores, PRICES, 6);
    }

    static List<Target> targets(int count, String location, double gigabits) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(target("t%04d".formatted(i), location, gigabits));
        }
        return targets;
    }
}
