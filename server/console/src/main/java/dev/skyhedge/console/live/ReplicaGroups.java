package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The replicas of a service in the document of `status`, counted: ten thousand of them are a few groups. Pure.
final class ReplicaGroups {
    private static final Set<String> ENDED = Set.of("gone", "failed", "preempted", "forgotten");
    private static final Set<String> RISING = Set.of("requested", "provisioning", "starting", "ready", "failing");

    private final Map<Group, Integer> counts = new TreeMap<>();
    private int live;

    private record Group(String location, String market, String state) implements Comparable<Group> {
        private static final Comparator<Group> ORDER = Comparator.comparing(Group::location)
                .thenComparing(Group::market, Comparator.reverseOrder())
                .thenComparing(Group::state);

        @Override
        public int compareTo(Group other) {
            return ORDER.compare(this, other);
        }
    }

    ReplicaGroups(JsonNode replicas) {
        for (JsonNode replica : replicas) {
            if (isLive(replica)) {
                live++;
                counts.merge(
                        new Group(
                                replica.path("location").asText(),
                                replica.path("market").asText(),
                                replica.path("state").asText()),
                        1,
                        Integer::sum);
            }
        }
    }

    static boolean isLive(JsonNode replica) {
        return !ENDED.contains(replica.path("state").asText());
    }

    int live() {
        return live;
    }

    /// Those that serve or are on their way to.
    int rising(String market) {
        return counts.entrySet().stream()
                .filter(group -> group.getKey().market().equals(market)
                        && RISING.contains(group.getKey().state()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    ArrayNode tree() {
        ArrayNode groups = JsonNodeFactory.instance.arrayNode();
        counts.forEach((group, count) -> {
            ObjectNode node = groups.addObject();
            node.put("location", group.location())
                    .put("market", group.market())
                    .put("state", group.state())
                    .put("count", count);
        });
        return groups;
    }
}
