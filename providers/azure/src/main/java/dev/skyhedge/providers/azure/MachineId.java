package dev.skyhedge.providers.azure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names a virtual machine within the subscription, written `GROUP/NAME`, in lower case: Azure takes names
/// in any case and does not always give them back as they were.
///
/// @param group resource group
/// @param name name within the group
record MachineId(String group, String name) {
    private static final Pattern ID = Pattern.compile("([a-z0-9_().-]{1,90})/([a-z0-9][a-z0-9_.-]{0,63})");
    private static final Pattern RESOURCE = Pattern.compile(
            "/subscriptions/[^/]+/resourcegroups/([^/]+)/providers/microsoft.compute/virtualmachines/([^/]+)",
            Pattern.CASE_INSENSITIVE);

    MachineId {
        group = group.toLowerCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
    }

    /// Reads what [#toString] wrote; empty if it wrote no such thing.
    static Optional<MachineId> parse(String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches() ? Optional.of(new MachineId(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /// Reads the id of an Azure resource; empty if that is no virtual machine.
    static Optional<MachineId> ofResource(String resource) {
        Matcher parts = RESOURCE.matcher(resource);
        return parts.matches() ? Optional.of(new MachineId(parts.group(1), parts.group(2))) : Optional.empty();
    }

    @Override
    public String toString() {
        return group + "/" + name;
    }
}
