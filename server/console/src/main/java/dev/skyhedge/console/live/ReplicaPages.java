package dev.skyhedge.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Pages of the replicas of a service, as the document of `status` has them. Pure.
final class ReplicaPages {
    /// Rows of a page.
    static final int MAX_ROWS = 200;

    /// What somebody wants to see first: what is wrong, then what is on its way, then what is well, then what was.
    private static final Map<String, Integer> RANK = Map.of(
            "failing", 0,
            "draining", 1,
            "stopping", 2,
            "requested", 3,
            "provisioning", 4,
            "starting", 5,
            "ready", 6,
            "preempted", 7,
            "failed", 8,
            "gone", 9);

    private static final List<String> SEARCHED =
            List.of("name", "state", "market", "location", "instance_type", "reason", "version");

    private ReplicaPages() {}

    /// @param words all of which have to be in a replica's fields; case does not matter
    /// @param offset of the first row
    /// @param limit rows at most
    static ObjectNode of(JsonNode service, String words, int offset, int limit) {
        List<String> wanted = List.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        List<JsonNode> found = StreamSupport.stream(service.path("replicas").spliterator(), false)
                .filter(replica -> matches(replica, wanted))
                .sorted(Comparator.comparing(
                        replica -> RANK.getOrDefault(replica.path("state").asText(), RANK.size())))
                .toList();
        ObjectNode page = JsonNodeFactory.instance
                .objectNode()
                .put("service", service.path("name").asText())
                .put("total", service.path("replicas").size())
                .put("matched", found.size())
                .put("offset", offset);
        ArrayNode rows = page.putArray("replicas");
        found.stream().skip(offset).limit(Math.min(limit, MAX_ROWS)).forEach(replica -> rows.add(shown(replica)));
        return page;
    }

    private static boolean matches(JsonNode replica, List<String> words) {
        return words.stream()
                .allMatch(word -> SEARCHED.stream()
                        .anyMatch(field -> replica.path(field)
                                .asText()
                                .toLowerCase(Locale.ROOT)
                                .contains(word)));
    }

    /// What a workload wrote is nobody's to show on a page: it may hold anything.
    private static ObjectNode shown(JsonNode replica) {
        ObjectNode copy = replica.deepCopy();
        copy.remove("log_tail");
        return copy;
    }
}
