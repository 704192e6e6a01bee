package dev.skyhedge.cli.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.state.StatusCommand;
import dev.skyhedge.cli.view.status.StatusJson;
import dev.skyhedge.state.store.StateStore;
import java.time.Instant;

/// What `status -json` prints, for `/api/status`.
final class StatusDocument {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusDocument() {}

    static JsonNode of(StateStore store, Instant now) {
        try {
            return JSON.readTree(StatusJson.line(StatusCommand.report(store, now)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Our own JSON can be read", e);
        }
    }
}
