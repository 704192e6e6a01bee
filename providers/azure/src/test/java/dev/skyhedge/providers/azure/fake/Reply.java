package dev.skyhedge.providers.azure.fake;

import java.util.LinkedHashMap;
import java.util.Map;

/// An answer on its way.
///
/// @param status HTTP status
/// @param headers by name
/// @param text the body; may be empty
/// @param broken whether the connection breaks instead
record Reply(int status, Map<String, String> headers, String text, boolean broken) {
    static Reply json(int status, Object body) {
        return new Reply(status, new LinkedHashMap<>(), Json.write(body), false)
                .with("Content-Type", "application/json");
    }

    static Reply empty(int status) {
        return new Reply(status, new LinkedHashMap<>(), "", false);
    }

    static Reply refusal(Refusal refusal) {
        Reply reply = new Reply(refusal.status(), new LinkedHashMap<>(), refusal.body(), false);
        return reply.with("Content-Type", "application/json").with("x-ms-failure-cause", "gateway");
    }

    static Reply page(int status) {
        return new Reply(
                        status,
                        new LinkedHashMap<>(),
                        "<!DOCTYPE html><html><title>" + status
                                + "</title><h2>Our services aren't available.</h2></html>",
                        false)
                .with("Content-Type", "text/html");
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, text, broken);
    }

    Reply lost() {
        return new Reply(status, headers, text, true);
    }
}
