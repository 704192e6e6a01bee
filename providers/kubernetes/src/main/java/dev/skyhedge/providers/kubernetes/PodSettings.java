package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.providers.kubernetes.pool.PoolSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What is the same for every pod.
///
/// @param hostPort whether a pod is reached at its node's address, under its workload's port
/// @param serviceAccount what the pod may do in the cluster; empty for nothing
/// @param imagePullSecrets names of secrets with which images are pulled
/// @param runtimeClass how containers run; empty for the cluster's default
/// @param priorityClass who gives way to whom; empty for the cluster's default
/// @param spread whether pods of a service keep off each other's nodes
/// @param security what containers may do; empty for what the namespace takes
/// @param user whom containers run as; empty for whom their image says
/// @param sharedMemory the most that a pod may keep in memory that its processes share, as a quantity
/// @param labels of every pod, beside ours
/// @param annotations of every pod, beside ours
record PodSettings(
        boolean hostPort,
        Optional<String> serviceAccount,
        List<String> imagePullSecrets,
        Optional<String> runtimeClass,
        Optional<String> priorityClass,
        Spread spread,
        Optional<PodSecurity> security,
        Optional<Long> user,
        String sharedMemory,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations) {
    /// Whether pods of a service keep off each other's nodes.
    enum Spread {
        /// Where there is a choice.
        PREFERRED,
        /// Always: a pod waits for another node.
        REQUIRED,
        /// As the scheduler has it.
        NONE
    }

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern SPREAD = Pattern.compile("preferred|required|none");
    private static final Pattern SECURITY = Pattern.compile("none|baseline|restricted");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern ANNOTATION = Pattern.compile("(?s).{0,65536}");
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final String SHARED_MEMORY = "16Gi";
    /// As Kubernetes has it: clusters that give each namespace a range of its own go far beyond 65,535.
    private static final int HIGHEST_USER = Integer.MAX_VALUE;

    static PodSettings read(SettingReader reader) {
        return new PodSettings(
                reader.flag("host_port", false),
                reader.text("service_account", NAME, "\"model-server\""),
                reader.texts("image_pull_secrets", NAME, "\"registry\""),
                reader.text("runtime_class", NAME, "\"nvidia\""),
                reader.text("priority_class", NAME, "\"high\""),
                reader.text("spread", SPREAD, "\"required\"")
                        .map(word -> Spread.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(Spread.PREFERRED),
                reader.text("pod_security", SECURITY, "\"restricted\"")
                        .map(word -> PodSecurity.valueOf(word.toUpperCase(Locale.ROOT))),
                reader.has("run_as_user")
                        ? Optional.of((long) reader.whole("run_as_user", 1000, 0, HIGHEST_USER))
                        : Optional.empty(),
                reader.text("shared_memory", PoolSettings.QUANTITY, "\"16Gi\"").orElse(SHARED_MEMORY),
                keyed(reader, "labels", LABEL, "\"team\" = \"ml\""),
                keyed(reader, "annotations", ANNOTATION, "\"example.com/owner\" = \"ml\""));
    }

    private static SortedMap<String, String> keyed(SettingReader reader, String name, Pattern form, String example) {
        Map<String, String> given = reader.textMap(name, form, example);
        given.keySet().stream()
                .filter(key -> !KEY.matcher(key).matches())
                .forEach(key -> reader.wrong(
                        name, "\"" + key + "\" cannot be a key", "Write something like { " + example + " }."));
        return new TreeMap<>(given);
    }
}
