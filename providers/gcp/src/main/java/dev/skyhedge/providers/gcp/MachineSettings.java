package dev.skyhedge.providers.gcp;

import java.net.URI;
import java.util.Optional;

/// What is the same for every machine that is rented.
///
/// @param image boot image or image family; it needs a container runtime, and drivers for the cards
/// @param diskGb size of the boot disk, in GB
/// @param diskType type of the boot disk, such as `pd-balanced`
/// @param network VPC network, used where no subnetwork is named
/// @param subnetwork subnetwork; empty for the one that the network has in the region
/// @param networkTag tag that firewall rules select machines by
/// @param publicAddress whether machines get a public address; without one they are reached by their internal one
/// @param serviceAccount e-mail of the service account that machines run as; empty for none
/// @param sshKey who may log in, written `user:key`; empty for nobody but those whom the project lets in
/// @param metadata where machines find the metadata service; empty for its usual address
record MachineSettings(
        String image,
        int diskGb,
        String diskType,
        String network,
        Optional<String> subnetwork,
        String networkTag,
        boolean publicAddress,
        Optional<String> serviceAccount,
        Optional<String> sshKey,
        Optional<URI> metadata) {
    /// Deep Learning VM image with drivers and Docker; the family's name is from the documentation, not tried.
    static final String DEFAULT_IMAGE = "projects/ml-images/global/images/family/common-cu128-ubuntu-2204-nvidia-570";

    static final String DEFAULT_DISK_TYPE = "pd-balanced";
    static final String DEFAULT_NETWORK = "global/networks/default";
    static final String DEFAULT_NETWORK_TAG = "skyhedge";
}
