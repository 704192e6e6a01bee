package dev.skyhedge.providers.gcp.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.skyhedge.providers.cloud.fake.Refusal;

/// The refusals of this API, in the shape that all Google APIs of this age have.
final class Refusals {
    private Refusals() {}

    static Refusal notFound(String resource) {
        return new Refusal(404, "notFound", "The resource '" + resource + "' was not found");
    }

    static Refusal invalid(String field, String value, String what) {
        return new Refusal(400, "invalid", "Invalid value for field '" + field + "': '" + value + "'. " + what);
    }

    /// The body of the answer.
    static String body(Refusal refusal) {
        JsonObject item = new JsonObject();
        item.addProperty("message", refusal.message());
        item.addProperty("domain", "global");
        item.addProperty("reason", refusal.code());
        JsonArray items = new JsonArray();
        items.add(item);
        JsonObject error = new JsonObject();
        error.addProperty("code", refusal.status());
        error.addProperty("message", refusal.message());
        error.add("errors", items);
        JsonObject body = new JsonObject();
        body.add("error", error);
        return body.toString();
    }
}
