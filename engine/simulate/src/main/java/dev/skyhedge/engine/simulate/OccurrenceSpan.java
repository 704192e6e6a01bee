package dev.skyhedge.engine.simulate;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Refusals of the same place for the same reason, tick after tick, as one: a policy that never gives up asks
/// thousands of times. Anything else is a span of its own.
///
/// @param first the first of them
/// @param lastTick tick of the last one
/// @param times how many there are
public record OccurrenceSpan(Occurrence first, int lastTick, int times) {
    private record Likeness(Market market, Location location, String role, String reason) {
        static Likeness of(Occurrence occurrence) {
            return new Likeness(occurrence.market(), occurrence.location(), occurrence.role(), occurrence.reason());
        }
    }

    /// The spans in the order of their beginnings.
    public static List<OccurrenceSpan> of(List<Occurrence> occurrences) {
        List<OccurrenceSpan> spans = new ArrayList<>();
        Map<Likeness, Integer> open = new HashMap<>();
        for (Occurrence occurrence : occurrences) {
            Likeness likeness = Likeness.of(occurrence);
            boolean isRefusal = occurrence.kind() == Occurrence.Kind.REFUSED;
            Integer at = isRefusal ? open.get(likeness) : null;
            if (at != null && occurrence.tick() <= spans.get(at).lastTick() + 1) {
                OccurrenceSpan span = spans.get(at);
                spans.set(at, new OccurrenceSpan(span.first(), occurrence.tick(), span.times() + 1));
                continue;
            }
            if (isRefusal) {
                open.put(likeness, spans.size());
            }
            spans.add(new OccurrenceSpan(occurrence, occurrence.tick(), 1));
        }
        return spans;
    }
}
