package dev.skyhedge.providers.local.wire;

import dev.skyhedge.spi.ProviderEvent;
import java.time.Instant;
import java.util.SequencedMap;

/// Events as JSON.
public final class EventWire {
    private EventWire() {}

    public static SequencedMap<String, Object> write(ProviderEvent event) {
        return switch (event) {
            case ProviderEvent.PreemptionNotice notice ->
                Wire.object(
                        "event", "preemption_notice",
                        "id", notice.instanceId(),
                        "tags", Wire.write(notice.tags()),
                        "deadline", notice.deadline().toString());
            case ProviderEvent.RebalanceHint hint ->
                Wire.object("event", "rebalance_hint", "id", hint.instanceId(), "tags", Wire.write(hint.tags()));
            case ProviderEvent.InstanceChanged changed ->
                Wire.object("event", "instance_changed", "instance", Wire.write(changed.instance()));
            case ProviderEvent.Gap gap -> Wire.object("event", "gap", "reason", gap.reason());
        };
    }

    public static ProviderEvent event(Fields from) {
        return switch (from.text("event")) {
            case "preemption_notice" ->
                new ProviderEvent.PreemptionNotice(
                        from.text("id"), Wire.tags(from.object("tags")), Instant.parse(from.text("deadline")));
            case "rebalance_hint" -> new ProviderEvent.RebalanceHint(from.text("id"), Wire.tags(from.object("tags")));
            case "instance_changed" -> new ProviderEvent.InstanceChanged(Wire.instance(from.object("instance")));
            case "gap" -> new ProviderEvent.Gap(from.text("reason"));
            default -> throw new IllegalArgumentException("Unknown event: " + from.text("event"));
        };
    }
}
