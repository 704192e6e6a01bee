package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.settings.SettingReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is the same for every pod.
///
/// @param hostPort whether a pod is reached at its node's address, under its workload's port
/// @param serviceAccount what the pod may do in the cluster; empty for nothing
/// @param imagePullSecrets names of secrets with which images are pulled
/// @param runtimeClass how containers run; empty for the cluster's default
/// @param priorityClass who gives way to whom; empty for the cluster's default
record PodSettings(
        boolean hostPort,
        Optional<String> serviceAccount,
        List<String> imagePullSecrets,
        Optional<String> runtimeClass,
        Optional<String> priorityClass) {
    /// The cluster's defaults.
    static final PodSettings DEFAULT =
            new PodSettings(false, Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    static PodSettings read(SettingReader reader) {
        return new PodSettings(
                reader.flag("host_port", false),
                reader.text("service_account", NAME, "\"model-server\""),
                reader.texts("image_pull_secrets", NAME, "\"registry\""),
                reader.text("runtime_class", NAME, "\"nvidia\""),
                reader.text("priority_class", NAME, "\"high\""));
    }
}
