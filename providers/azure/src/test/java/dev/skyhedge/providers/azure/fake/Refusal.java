package dev.skyhedge.providers.azure.fake;

import java.util.List;
import java.util.Map;

/// An answer of the API that refuses a call: HTTP status, code and text, in the shape that all resource
/// providers have.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    public Refusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String body() {
        return Json.write(Json.object("error", error()));
    }

    /// What is below `error`. Too many calls come wrapped, as the compute provider wraps them.
    private Map<String, Object> error() {
        Map<String, Object> error = Json.object("code", code, "message", String.valueOf(getMessage()));
        return status == 429
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
}
