package dev.skyhedge.providers.azure.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// How the API shows machines, their interfaces and their addresses. The compute provider writes group names in
/// capitals where it made the id itself.
final class MachineShapes {
    private final FakeMachines cloud;
    private final FakeRules rules;
    private final String subscription;

    MachineShapes(FakeMachines cloud, FakeRules rules, String subscription) {
        this.cloud = cloud;
        this.rules = rules;
        this.subscription = subscription;
    }

    private String id(FakeMachine machine, String type) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + machine.group.toUpperCase(Locale.ROOT)
                + "/providers/" + type + "/" + machine.name;
    }

    Map<String, Object> show(FakeMachine machine, boolean withView) {
        Map<String, Object> shown = new LinkedHashMap<>(Json.copy(machine.asked));
        shown.put("name", machine.name);
        shown.put("id", id(machine, "Microsoft.Compute/virtualMachines"));
        shown.put("type", "Microsoft.Compute/virtualMachines");
        shown.put("etag", "\"" + machine.number + "\"");
        @SuppressWarnings("unchecked")
        Map<String, Object> properties = (Map<String, Object>) Objects.requireNonNull(shown.get("properties"));
        properties.put("vmId", "00000000-0000-4000-8000-" + String.format("%012d", machine.number));
        properties.put("provisioningState", machine.provisioning(cloud.clock().instant()));
        if (!rules.poor()) {
            properties.put("timeCreated", machine.createdAt.toString());
        }
        if (properties.get("osProfile") instanceof Map<?, ?> system) {
            system.remove("customData");
            system.remove("adminPassword");
        }
        properties.put(
                "networkProfile",
                Json.object(
                        "networkInterfaces",
                        List.of(Json.object("id", id(machine, "Microsoft.Network/networkInterfaces")))));
        if (withView && !rules.poor()) {
            properties.put("instanceView", machine.view(cloud.clock().instant()));
        }
        return shown;
    }

    Map<String, Object> run(FakeMachine machine) {
        if (rules.poor()) {
            return show(machine, false);
        }
        return Json.object(
                "name",
                machine.name,
                "id",
                id(machine, "Microsoft.Compute/virtualMachines"),
                "type",
                "Microsoft.Compute/virtualMachines",
                "location",
                machine.region(),
                "properties",
                Json.object(
                        "provisioningState",
                        machine.provisioning(cloud.clock().instant()),
                        "instanceView",
                        machine.view(cloud.clock().instant())));
    }

    static String address(String network, FakeMachine machine) {
        return network + machine.number / 250 + "." + (machine.number % 250 + 1);
    }

    Map<String, Object> networkInterface(FakeMachine machine) {
        Map<String, Object> configuration = Json.object("privateIPAddress", address("10.0.", machine), "primary", true);
        boolean open = Json.at(
                        machine.asked,
                        "properties",
                        "networkProfile",
                        "networkInterfaceConfigurations",
                        0,
                        "properties",
                        "ipConfigurations",
                        0,
                        "properties",
                        "publicIPAddressConfiguration")
                .isPresent();
        if (open) {
            configuration.put("publicIPAddress", Json.object("id", id(machine, "Microsoft.Network/publicIPAddresses")));
        }
        return Json.object(
                "name",
                machine.name,
                "id",
                id(machine, "Microsoft.Network/networkInterfaces"),
                "location",
                machine.region(),
                "properties",
                Json.object(
                        "provisioningState",
                        "Succeeded",
                        "ipConfigurations",
                        List.of(Json.object("name", machine.name, "properties", configuration)),
                        "virtualMachine",
                        Json.object("id", id(machine, "Microsoft.Compute/virtualMachines"))));
    }

    Map<String, Object> publicAddress(FakeMachine machine) {
        return Json.object(
                "name",
                machine.name,
                "id",
                id(machine, "Microsoft.Network/publicIPAddresses"),
                "location",
                machine.region(),
                "properties",
                Json.object("provisioningState", "Succeeded", "ipAddress", address(cloud.network(), machine)));
    }
}
