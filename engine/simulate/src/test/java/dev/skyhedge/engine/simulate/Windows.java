package dev.skyhedge.engine.simulate;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Small windows for tests.
final class Windows {
    private Windows() {}

    /// A zone for each text, a digit for each tick: `*` is room for any number.
    static MarketWindow of(String... capacities) {
        List<Location> zones = new ArrayList<>();
        List<Counts> capacity = new ArrayList<>();
        for (String text : capacities) {
            zones.add(new Location("sim", "region-" + zones.size() % 2, "zone-" + zones.size()));
            capacity.add(Counts.of(text.chars()
                    .map(c -> c == '*' ? MarketWindows.UNLIMITED : c - '0')
                    .toArray()));
        }
        return new MarketWindow(0, PaperProtocol.DEFAULT.tick(), zones, capacity);
    }

    /// Zones whose capacity changes now and then.
    static MarketWindow drawn(int zones, int ticks, int mostRoom, double change, long seed) {
        var random = new SplittableRandom(seed);
        String[] texts = new String[zones];
        for (int zone = 0; zone < zones; zone++) {
            var text = new StringBuilder();
            int room = random.nextInt(mostRoom + 1);
            for (int t = 0; t < ticks; t++) {
                room = random.nextDouble() < change ? random.nextInt(mostRoom + 1) : room;
                text.append(room);
            }
            texts[zone] = text.toString();
        }
        return of(texts);
    }

    /// The same window, with room as given by another from a tick on.
    static MarketWindow splice(MarketWindow first, MarketWindow then, int tick) {
        List<Counts> capacity = new ArrayList<>();
        for (int zone = 0; zone < first.zones().size(); zone++) {
            int[] values = first.capacity().get(zone).stream().toArray();
            for (int t = tick; t < values.length; t++) {
                values[t] = then.capacity(zone, t);
            }
            capacity.add(Counts.of(values));
        }
        return new MarketWindow(first.offset(), first.tick(), first.zones(), capacity);
    }

    static ServiceSpec service(PlacementSpec placement) {
        return Declared.service("chat").with(placement).spec();
    }

    static PaperProtocol protocol(int target, int ticks) {
        return PaperProtocol.DEFAULT.withTicks(ticks).withTarget(target);
    }

    static Run run(PlacementSpec placement, MarketWindow window, int target) {
        return PaperRun.of(service(placement), window, protocol(target, window.ticks()), 1);
    }

    /// What a zone held, tick by tick.
    static String held(Run run, int zone) {
        return digits(run.timeline().spotHeld().get(zone));
    }

    static String digits(Counts counts) {
        return Arrays.stream(counts.stream().toArray())
                .mapToObj(String::valueOf)
                .reduce("", String::concat);
    }
}
