package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import java.util.Map;
import java.util.regex.Pattern;

/// What the API requires of a creation's form, whatever there is room for.
final class OrderForm {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final int MAX_TAGS = 50;
    private static final int MAX_CUSTOM_DATA = 87_380;

    private final FakeGeography geography;

    OrderForm(FakeGeography geography) {
        this.geography = geography;
    }

    /// @throws Refusal if the API refuses the form
    void check(String name, Map<String, Object> asked) {
        String region = Json.text(asked, "location");
        if (!NAME.matcher(name).matches()) {
            throw invalid("name", "The resource name is not valid.");
        }
        if (!geography.regions().containsKey(region)) {
            throw new Refusal(
                    400,
                    "LocationNotAvailableForResourceType",
                    "The provided location '" + region + "' is not available.");
        }
        String size = Json.text(asked, "properties", "hardwareProfile", "vmSize");
        if (!geography.sizes().containsKey(size)) {
            throw invalid(
                    "vmSize",
                    "The value " + size + " provided for the VM size is not valid. The valid sizes in the current"
                            + " region are: " + geography.sizes().keySet() + ".");
        }
        String zone = Json.text(asked, "zones", 0);
        if (!zone.isEmpty() && !geography.regions().get(region).contains(zone)) {
            throw new Refusal(
                    400,
                    "InvalidAvailabilityZone",
                    "The zone(s) '" + zone + "' for resource '" + name + "' is not supported.");
        }
        boolean spot = Json.text(asked, "properties", "priority").equals("Spot");
        if (!spot && Json.at(asked, "properties", "evictionPolicy").isPresent()) {
            throw invalid("evictionPolicy", "Eviction policy can be set only on Azure Spot Virtual Machines.");
        }
        if (Json.at(asked, "tags").orElse(Map.of()) instanceof Map<?, ?> tags && tags.size() > MAX_TAGS) {
            throw invalid("tags", "Too many tags.");
        }
        if (Json.text(asked, "properties", "osProfile", "customData").length() > MAX_CUSTOM_DATA) {
            throw invalid("customData", "Custom data in OSProfile must be in Base64 encoding and at most 64 KB.");
        }
        if (Json.text(asked, "properties", "osProfile", "linuxConfiguration", "ssh", "publicKeys", 0, "keyData")
                .isEmpty()) {
            throw invalid("linuxConfiguration.ssh.publicKeys", "Required parameter is missing (null).");
        }
        checkNetwork(asked);
    }

    private static void checkNetwork(Map<String, Object> asked) {
        boolean configured = Json.at(asked, "properties", "networkProfile", "networkInterfaceConfigurations", 0)
                .isPresent();
        if (configured
                && Json.text(asked, "properties", "networkProfile", "networkApiVersion")
                        .isEmpty()) {
            throw invalid("networkApiVersion", "Required with networkInterfaceConfigurations.");
        }
        if (!configured
                && Json.at(asked, "properties", "networkProfile", "networkInterfaces", 0)
                        .isEmpty()) {
            throw invalid("networkProfile", "Virtual Machine must have at least one network interface.");
        }
    }

    private static Refusal invalid(String parameter, String what) {
        return new Refusal(400, "InvalidParameter", what + " (parameter " + parameter + ")");
    }
}
