package dev.skyhedge.providers.azure;

import dev.skyhedge.providers.azure.fake.Json;
import java.util.List;
import java.util.Map;

/// Spot machines of ours as they are asked for, to be put into the fake without a launch.
final class SpotMachines {
    private static final String SIZE = "Standard_NC4as_T4_v3";

    private SpotMachines() {}

    static Map<String, Object> asked(String lineage, String region, String zone, int number) {
        Map<String, Object> tags = Json.object(
                "skyhedge-lineage",
                lineage,
                "skyhedge-service",
                "chat",
                "skyhedge-replica",
                "chat-" + number,
                "skyhedge-generation",
                "1",
                "skyhedge-token",
                "t" + number,
                "skyhedge-port",
                "8000");
        Map<String, Object> properties =
                Json.object("hardwareProfile", Json.object("vmSize", SIZE), "priority", "Spot");
        return Json.object("location", region, "zones", List.of(zone), "tags", tags, "properties", properties);
    }
}
