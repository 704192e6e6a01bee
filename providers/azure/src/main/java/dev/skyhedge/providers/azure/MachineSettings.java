package dev.skyhedge.providers.azure;

import java.net.URI;
import java.util.Optional;

/// What is the same for every machine that is rented.
///
/// @param image `publisher:offer:sku:version` of the marketplace, or the resource id of an image
/// @param diskGb size of the boot disk, in GB
/// @param diskType type of the boot disk, such as `StandardSSD_LRS`
/// @param subnet resource id of the subnet, in which `{region}` stands for the region
/// @param firewall resource id of the network security group, in which `{region}` stands for the region; empty
///     for none
/// @param publicAddress whether machines get a public address; without one they are reached by their internal one
/// @param identity resource id of a managed identity that machines run as; empty for none
/// @param sshKey public key of whoever may log in; Azure makes no Linux machine without one
/// @param metadata where machines find the metadata service; empty for its usual address
record MachineSettings(
        String image,
        int diskGb,
        String diskType,
        String subnet,
        Optional<String> firewall,
        boolean publicAddress,
        Optional<String> identity,
        String sshKey,
        Optional<URI> metadata) {
    /// Ubuntu with drivers and a container runtime, as the documentation has it; not tried.
    static final String DEFAULT_IMAGE = "microsoft-dsvm:ubuntu-hpc:2204:latest";

    static final String DEFAULT_DISK_TYPE = "StandardSSD_LRS";
    static final String REGION = "{region}";
}
