package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Instance;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.skyhedge.providers.cloud.fake.Refusal;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/// What the API requires of an insertion's form, whatever there is room for.
final class OrderForm {
    private static final Pattern NAME = Pattern.compile("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
    private static final int MAX_LABELS = 64;

    private final FakeGeography geography;
    private final String project;
    private final String prefix;

    /// @param prefix of the project's addresses
    OrderForm(FakeGeography geography, String project, String prefix) {
        this.geography = geography;
        this.project = project;
        this.prefix = prefix;
    }

    /// The instance that is asked for.
    ///
    /// @throws Refusal if the API refuses the form
    Instance read(String zone, String body) {
        return checked(zone, read(body));
    }

    /// @throws Refusal if the API does not take it for a request id
    static void requireUuid(String requestId) {
        try {
            UUID id = UUID.fromString(requestId);
            if (id.getMostSignificantBits() != 0 || id.getLeastSignificantBits() != 0) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid("requestId", requestId, "Not a UUID: " + e.getMessage());
        }
        throw Refusals.invalid("requestId", requestId, "The zero UUID is not supported.");
    }

    private static Instance read(String body) {
        Instance.Builder builder = Instance.newBuilder();
        try {
            JsonFormat.parser().merge(body, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal(400, "badRequest", "Invalid JSON payload received. " + e.getMessage());
        }
        return builder.build();
    }

    private Instance checked(String zone, Instance asked) {
        if (!NAME.matcher(asked.getName()).matches()) {
            throw Refusals.invalid("resource.name", asked.getName(), "Must be a match of regex '" + NAME + "'");
        }
        asked.getLabelsMap().forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches() || !LABEL_VALUE.matcher(value).matches()) {
                throw Refusals.invalid("resource.labels", key + "=" + value, "Not a label");
            }
        });
        if (asked.getLabelsCount() > MAX_LABELS) {
            throw Refusals.invalid("resource.labels", "", "Too many labels");
        }
        checkMachine(zone, asked);
        checkCards(zone, asked);
        checkScheduling(asked);
        if (asked.getDisksCount() == 0 || !asked.getDisks(0).getBoot()) {
            throw Refusals.invalid("resource.disks", "", "A boot disk must be specified.");
        }
        if (asked.getNetworkInterfacesCount() == 0) {
            throw Refusals.invalid("resource.networkInterfaces", "", "At least one network interface is required.");
        }
        return asked;
    }

    private void checkMachine(String zone, Instance asked) {
        String type = FakeInstance.lastSegment(asked.getMachineType());
        if (!asked.getMachineType().contains("zones/" + zone + "/machineTypes/")) {
            throw Refusals.invalid(
                    "resource.machineType", asked.getMachineType(), "The URL is malformed or names another zone.");
        }
        if (!geography.hasMachine(zone, type)) {
            throw Refusals.invalid(
                    "resource.machineType",
                    prefix + "/zones/" + zone + "/machineTypes/" + type,
                    "Machine type with name '" + type + "' does not exist in zone '" + zone + "'.");
        }
    }

    private void checkCards(String zone, Instance asked) {
        asked.getGuestAcceleratorsList().forEach(accelerator -> {
            String name = FakeInstance.lastSegment(accelerator.getAcceleratorType());
            Integer most = geography.accelerators().getOrDefault(zone, Map.of()).get(name);
            if (most == null) {
                throw Refusals.notFound("projects/" + project + "/zones/" + zone + "/acceleratorTypes/" + name);
            }
            if (accelerator.getAcceleratorCount() < 1 || accelerator.getAcceleratorCount() > most) {
                throw Refusals.invalid("resource.guestAccelerators[0].acceleratorCount", "", "Out of range");
            }
        });
    }

    private void checkScheduling(Instance asked) {
        String type = FakeInstance.lastSegment(asked.getMachineType());
        boolean hasCards = asked.getGuestAcceleratorsCount() > 0
                || geography.machine(type).accelerator().isPresent();
        if (hasCards && !asked.getScheduling().getOnHostMaintenance().equals("TERMINATE")) {
            throw Refusals.invalid(
                    "scheduling.onHostMaintenance",
                    asked.getScheduling().getOnHostMaintenance(),
                    "Instances with guest accelerators do not support live migration.");
        }
        if (asked.getScheduling().getProvisioningModel().equals("SPOT")
                && asked.getScheduling().getAutomaticRestart()) {
            throw Refusals.invalid("scheduling.automaticRestart", "true", "Not with provisioningModel SPOT.");
        }
    }
}
