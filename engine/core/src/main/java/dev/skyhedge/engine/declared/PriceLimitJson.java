package dev.skyhedge.engine.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.spi.HourlyPrice;
import java.util.Optional;

/// What a replica may cost, among the recorded resources of a service. It is not what is tried out when a service is
/// edited: to change it makes no new edit, and an edit that is taken back does not take it back.
final class PriceLimitJson {
    private static final String FIELD = "max_price";

    private PriceLimitJson() {}

    /// Left out where there is none, so that services that do not say it stay as they are recorded.
    static void put(ObjectNode node, ResourcesSpec resources) {
        resources.maxPrice().ifPresent(price -> node.put(FIELD, price.usd().toPlainString()));
    }

    /// What was put there.
    static Optional<HourlyPrice> read(JsonNode resources) {
        return Optional.ofNullable(resources.path(FIELD).textValue()).map(HourlyPrice::ofUsd);
    }

    /// Puts that of one service into another.
    static void keep(JsonNode from, ObjectNode to) {
        if (to.get("resources") instanceof ObjectNode resources) {
            resources.remove(FIELD);
            Optional.ofNullable(from.path("resources").get(FIELD)).ifPresent(price -> resources.set(FIELD, price));
        }
    }

    /// A section of a service as it is but for this.
    static JsonNode without(JsonNode section) {
        return section.has(FIELD) && section.deepCopy() instanceof ObjectNode copy ? copy.without(FIELD) : section;
    }
}
