package dev.skyhedge.providers.gcp;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import dev.skyhedge.providers.cloud.contract.JsonReplies;

/// Google's replies as trees.
final class GoogleJson {
    private static final Gson GSON = new GsonBuilder()
            .serializeNulls()
            .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER)
            .create();

    static final JsonReplies REPLIES = new JsonReplies(text -> GSON.fromJson(text, Object.class), GSON::toJson);

    private GoogleJson() {}
}
