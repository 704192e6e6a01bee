package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import dev.skyhedge.providers.cloud.fake.Reply;
import java.util.List;
import java.util.Map;

/// Answers in the shapes that all resource providers have.
final class Replies {
    private static final String JSON = "application/json";

    private Replies() {}

    static Reply json(int status, Object body) {
        return Reply.of(status, JSON, Json.write(body));
    }

    static Reply refusal(Refusal refusal) {
        return json(refusal.status(), Json.object("error", error(refusal))).with("x-ms-failure-cause", "gateway");
    }

    /// What is below `error`. Too many calls come wrapped, as the compute provider wraps them.
    private static Map<String, Object> error(Refusal refusal) {
        Map<String, Object> error = Json.object("code", refusal.code(), "message", refusal.message());
        return refusal.status() == 429
                ? Json.object(
                        "code",
                        "OperationNotAllowed",
                        "message",
                        "The server rejected the request because too many requests have been received for this"
                                + " subscription.",
                        "details",
                        List.of(error))
                : error;
    }

    static Reply page(int status) {
        return Reply.of(
                status,
                "text/html",
                "<!DOCTYPE html><html><title>" + status + "</title><h2>Our services aren't available.</h2></html>");
    }
}
