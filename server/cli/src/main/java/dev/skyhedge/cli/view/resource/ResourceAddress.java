package dev.skyhedge.cli.view.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import java.util.Optional;

/// What Terraform's consumers call one of ours.
///
/// @param type `skyhedge_service` or `skyhedge_replica`
/// @param name name of the service
/// @param key name of the replica; empty for the service itself
public record ResourceAddress(String type, String name, Optional<String> key) {
    private static final String PROVIDER = "skyhedge";

    /// Of a service.
    public static ResourceAddress service(String name) {
        return new ResourceAddress("skyhedge_service", name, Optional.empty());
    }

    /// Of a replica.
    public static ResourceAddress replica(String service, String name) {
        return new ResourceAddress("skyhedge_replica", service, Optional.of(name));
    }

    /// `skyhedge_replica.chat["chat-2"]`.
    @Override
    public String toString() {
        return type + "." + name + key.map(k -> "[\"" + k + "\"]").orElse("");
    }

    /// As lines of JSON name a resource.
    public ObjectNode toHook() {
        String address = toString();
        return Json.object()
                .put("addr", address)
                .put("module", "")
                .put("resource", address)
                .put("implied_provider", PROVIDER)
                .put("resource_type", type)
                .put("resource_name", name)
                .put("resource_key", key.orElse(null));
    }
}
