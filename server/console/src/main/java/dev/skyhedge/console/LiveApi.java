package dev.skyhedge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.live.Overview;
import dev.skyhedge.state.records.Event;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/// What the page reads: `/v1/...`, read-only. Shapes are those of `status -json`, `events -json`, `spend -json` and
/// `why -json`, cut to what a page can show. Thread-safe; waits for the state.
final class LiveApi {
    static final String PREFIX = "/v1/";
    static final String STREAM = "/v1/stream";
    static final String PATHS =
            "/v1/overview, /v1/services, /v1/services/NAME, /v1/services/NAME/replicas, /v1/zones, /v1/spend, /v1/events,"
                    + " /v1/plan, /v1/history, /v1/stream";

    private static final int MAX_WORDS = 200;
    private static final int DEFAULT_ROWS = 100;
    private static final int MAX_ROWS = 200;
    private static final int MAX_OFFSET = 1_000_000;
    private static final Pattern SERVICE = Pattern.compile("/v1/services/([^/]{1,200})(/replicas)?");

    private final Overview overview;
    private final IntFunction<List<Event>> events;

    LiveApi(Overview overview, IntFunction<List<Event>> events) {
        this.overview = overview;
        this.events = events;
    }

    Answer answer(Request request) {
        String path = Request.getPathInContext(request);
        Fields query = Request.extractQueryParameters(request);
        return switch (path) {
            case "/v1/overview" -> Answer.json(200, overview.now());
            case "/v1/services" -> part("services");
            case "/v1/zones" -> part("zone_health");
            case "/v1/spend" -> Answer.json(200, overview.now().path("today"));
            case "/v1/plan" -> Answer.json(200, overview.plan());
            case "/v1/history" -> Answer.json(200, overview.history().of(text(query, "service")));
            case "/v1/events" -> events(query);
            default -> ofService(path, query);
        };
    }

    private Answer part(String name) {
        ObjectNode now = overview.now();
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("at", now.path("at").asText());
        node.set(name, now.path(name));
        return Answer.json(200, node);
    }

    private Answer ofService(String path, Fields query) {
        Matcher matcher = SERVICE.matcher(path);
        if (!matcher.matches()) {
            return Answer.error(404, "not_found", "There is nothing at this path. There is: " + PATHS + ".");
        }
        String name = matcher.group(1);
        if (matcher.group(2) != null) {
            return replicas(name, query);
        }
        for (JsonNode service : overview.now().path("services")) {
            if (service.path("name").asText().equals(name)) {
                return Answer.json(200, service);
            }
        }
        return noService();
    }

    private Answer replicas(String service, Fields query) {
        OptionalInt offset = number(query, "offset", 0, 0, MAX_OFFSET);
        OptionalInt limit = number(query, "limit", DEFAULT_ROWS, 1, MAX_ROWS);
        String words = text(query, "q");
        if (offset.isEmpty() || limit.isEmpty() || words.length() > MAX_WORDS) {
            return Answer.error(
                    400,
                    "invalid_query",
                    "offset is from 0 to " + MAX_OFFSET + ", limit from 1 to " + MAX_ROWS + ", q has at most "
                            + MAX_WORDS + " characters.");
        }
        return overview.replicas(service, words, offset.getAsInt(), limit.getAsInt())
                .map(page -> Answer.json(200, page))
                .orElseGet(LiveApi::noService);
    }

    private Answer events(Fields query) {
        OptionalInt limit = number(query, "limit", ConsoleHandler.DEFAULT_EVENTS, 1, ConsoleHandler.MAX_EVENTS);
        if (limit.isEmpty()) {
            return Answer.error(
                    400, "invalid_limit", "The limit is a number from 1 to " + ConsoleHandler.MAX_EVENTS + ".");
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("events");
        events.apply(limit.getAsInt()).forEach(event -> list.add(EventTree.of(event)));
        return Answer.json(200, node);
    }

    private static Answer noService() {
        return Answer.error(404, "no_such_service", "The state has no service of this name.");
    }

    private static String text(Fields query, String name) {
        @Nullable String value = query.getValue(name);
        return value == null ? "" : value;
    }

    private static OptionalInt number(Fields query, String name, int byDefault, int least, int most) {
        String text = text(query, name);
        if (text.isEmpty()) {
            return OptionalInt.of(byDefault);
        }
        // Seven digits at most: nothing to overflow.
        if (!text.matches("[0-9]{1,7}")) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
