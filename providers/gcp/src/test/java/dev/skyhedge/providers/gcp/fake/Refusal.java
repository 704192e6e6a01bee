package dev.skyhedge.providers.gcp.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/// An answer of the API that refuses a call: HTTP status, reason and text, in the shape that all Google APIs of
/// this age have.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    public Refusal(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    static Refusal notFound(String resource) {
        return new Refusal(404, "notFound", "The resource '" + resource + "' was not found");
    }

    static Refusal invalid(String field, String value, String what) {
        return new Refusal(400, "invalid", "Invalid value for field '" + field + "': '" + value + "'. " + what);
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    String body() {
        JsonObject item = new JsonObject();
        item.addProperty("message", getMessage());
        item.addProperty("domain", "global");
        item.addProperty("reason", reason);
        JsonArray items = new JsonArray();
        items.add(item);
        JsonObject error = new JsonObject();
        error.addProperty("code", status);
        error.addProperty("message", getMessage());
        error.add("errors", items);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return body.toString();
    }
}
