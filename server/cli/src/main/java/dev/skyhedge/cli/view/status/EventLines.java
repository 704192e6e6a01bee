package dev.skyhedge.cli.view.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.state.records.Event;

/// Recorded events, a line each.
public final class EventLines {
    private static final int SUBJECT = 16;
    private static final int KIND = 18;

    private EventLines() {}

    /// As people read it: time, what it is about, its kind, the rest; further lines of a message are indented.
    public static String text(Event event, Display display) {
        String subject = event.replica().isEmpty() ? event.service() : event.replica();
        String head = Words.pad(subject.isEmpty() ? "-" : subject, SUBJECT) + " " + Words.pad(event.kind(), KIND) + " ";
        return WatchLines.note(event.at(), head + event.message(), display);
    }

    /// One JSON object without a line end.
    public static String json(Event event) {
        ObjectNode node = Json.object().put("at", event.at().toString());
        node.put("service", event.service().isEmpty() ? null : event.service())
                .put("replica", event.replica().isEmpty() ? null : event.replica());
        return Json.line(node.put("kind", event.kind()).put("message", event.message()));
    }
}
