package dev.skyhedge.cli.view.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.resource.ResourceAddress;
import dev.skyhedge.cli.view.resource.ServiceTree;
import dev.skyhedge.spi.HourlyPrice;
import java.util.List;
import java.util.Optional;

/// One change in the shape that policies written for Terraform read. Sensitive values are replaced, not only
/// marked.
///
/// @param address what changes
/// @param actions such as `["create"]`
/// @param actionReason Terraform's word for why, where it has one
/// @param reason ours, for people
/// @param before null for what is new
/// @param after null for what goes; without what is not known yet
/// @param afterUnknown `true` in the place of what is not known yet
/// @param beforeSensitive `true` in the place of what was replaced
/// @param afterSensitive `true` in the place of what was replaced
/// @param price an hour, of a replica
/// @param movedFrom the address that it had until now
/// @param importing the id of the instance that is taken over
record ResourceChange(
        ResourceAddress address,
        List<String> actions,
        Optional<String> actionReason,
        String reason,
        JsonNode before,
        JsonNode after,
        ObjectNode afterUnknown,
        ObjectNode beforeSensitive,
        ObjectNode afterSensitive,
        Optional<HourlyPrice> price,
        Optional<ResourceAddress> movedFrom,
        Optional<String> importing) {
    static final JsonNode NOTHING = NullNode.getInstance();

    static ResourceChange of(
            ResourceAddress address,
            String action,
            String actionReason,
            String reason,
            JsonNode before,
            JsonNode after) {
        return new ResourceChange(
                address,
                List.of(action),
                actionReason.isEmpty() ? Optional.empty() : Optional.of(actionReason),
                reason,
                ServiceTree.withoutSensitive(before),
                ServiceTree.withoutSensitive(after),
                Json.object(),
                ServiceTree.sensitiveMarks(before),
                ServiceTree.sensitiveMarks(after),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ResourceChange withUnknown(String... attributes) {
        ObjectNode unknown = Json.object();
        for (String attribute : attributes) {
            unknown.put(attribute, true);
        }
        return copy(reason, unknown, price, movedFrom, importing);
    }

    ResourceChange at(HourlyPrice hourly) {
        return copy(reason, afterUnknown, Optional.of(hourly), movedFrom, importing);
    }

    ResourceChange because(String other) {
        return copy(other, afterUnknown, price, movedFrom, importing);
    }

    ResourceChange movedFrom(ResourceAddress earlier) {
        return copy(reason, afterUnknown, price, Optional.of(earlier), importing);
    }

    ResourceChange importing(String id) {
        return copy(reason, afterUnknown, price, movedFrom, Optional.of(id));
    }

    private ResourceChange copy(
            String newReason,
            ObjectNode newUnknown,
            Optional<HourlyPrice> newPrice,
            Optional<ResourceAddress> newMovedFrom,
            Optional<String> newImporting) {
        return new ResourceChange(
                address,
                actions,
                actionReason,
                newReason,
                before,
                after,
                newUnknown,
                beforeSensitive,
                afterSensitive,
                newPrice,
                newMovedFrom,
                newImporting);
    }

    boolean isChange() {
        return !actions.equals(List.of("no-op"));
    }

    /// As `show -json` writes it.
    ObjectNode toShow() {
        ObjectNode node = Json.object()
                .put("address", address.toString())
                .put("mode", "managed")
                .put("type", address.type())
                .put("name", address.name());
        address.key().ifPresent(key -> node.put("index", key));
        movedFrom.ifPresent(earlier -> node.put("previous_address", earlier.toString()));
        node.put("provider_name", ShowJson.PROVIDER_NAME);
        ObjectNode change = node.putObject("change");
        ArrayNode names = change.putArray("actions");
        actions.forEach(names::add);
        change.set("before", before);
        change.set("after", after);
        change.set("after_unknown", afterUnknown);
        change.set("before_sensitive", beforeSensitive);
        change.set("after_sensitive", afterSensitive);
        importing.ifPresent(id -> change.putObject("importing").put("id", id));
        actionReason.ifPresent(word -> node.put("action_reason", word));
        return node;
    }

    /// As a line of `plan -json` writes it.
    ObjectNode toHook() {
        ObjectNode node = Json.object();
        node.set("resource", address.toHook());
        movedFrom.ifPresent(earlier -> node.set("previous_resource", earlier.toHook()));
        node.put("action", hookAction());
        importing.ifPresent(id -> node.putObject("importing").put("id", id));
        actionReason.ifPresent(word -> node.put("reason", word));
        node.set("before", before);
        node.set("after", after);
        node.set("after_unknown", afterUnknown);
        price.ifPresent(hourly -> node.putObject("cost").put("usd_per_hour", Dollars.usd(hourly.microDollars())));
        return node;
    }

    private String hookAction() {
        if (movedFrom.isPresent()) {
            return "move";
        }
        if (importing.isPresent()) {
            return "import";
        }
        return switch (actions.getFirst()) {
            case "no-op" -> "noop";
            // Terraform's word for what it only forgets.
            case "forget" -> "remove";
            default -> actions.getFirst();
        };
    }
}
