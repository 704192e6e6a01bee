package dev.skyhedge.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.live.EventLog;
import dev.skyhedge.state.records.Event;
import org.jspecify.annotations.Nullable;

/// Events as `events -json` has them.
final class EventTree {
    private EventTree() {}

    static ObjectNode of(Event event) {
        Event shown = EventLog.shown(event);
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", shown.at().toString())
                .put("service", orNull(shown.service()))
                .put("replica", orNull(shown.replica()))
                .put("kind", shown.kind())
                .put("message", shown.message());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
