package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.Json;
import dev.skyhedge.providers.cloud.contract.JsonReplies;

/// Azure's replies as trees.
final class AzureJson {
    static final JsonReplies REPLIES = new JsonReplies(Json::read, Json::write);

    private AzureJson() {}
}
