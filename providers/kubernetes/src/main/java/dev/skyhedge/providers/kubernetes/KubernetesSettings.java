package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.providers.cloud.settings.CloudEndpoint;
import dev.skyhedge.providers.cloud.settings.CloudSettings;
import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.providers.kubernetes.pool.PoolSettings;
import dev.skyhedge.spi.SettingProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The settings of this provider:
///
/// | setting | meaning | default |
/// |---|---|---|
/// | `kubeconfig` | file that says how to reach the cluster | `$KUBECONFIG`, `~/.kube/config`, or the pod's own |
/// | `context` | context of that file | the current one |
/// | `endpoint`, `insecure` | address to use instead, without credentials, such as that of `kubectl proxy` |
/// none |
/// | `namespace` | where pods are made | the context's, else `default` |
/// | `pools` | pools of nodes, perhaps without any node yet | none |
/// | `discover` | whether nodes that are there are offered too | `true` |
/// | `prices` | USD per hour and accelerator, by type | nothing: the cluster is paid for anyway |
/// | `accelerator_names` | accelerator type by the value of the nodes' product label | built in |
/// | `schedule_timeout` | after this time without room for a pod there is no capacity | `2m` |
/// | `host_port` | pods are reached through their node's address | `false` |
/// | `cpu`, `memory` | what a pod asks for beside its accelerator | a little for each card or processor |
/// | `tolerations` | taints that pods tolerate | those of GPU and spot nodes |
/// | `service_account`, `image_pull_secrets`, `runtime_class`, `priority_class` | as in a pod | the namespace's |
/// | `spread` | whether pods of a service keep off each other's nodes | `preferred` |
/// | `pod_security`, `run_as_user` | what containers may do, and as whom | what the namespace takes |
/// | `shared_memory` | the most of `/dev/shm` | `16Gi` |
/// | `labels`, `annotations` | of every pod | none |
///
/// @param endpoint another address than that of the kubeconfig
/// @param kubeconfig the file
/// @param context the context
/// @param namespace where pods are made
/// @param market pools, prices and names
/// @param pods what is the same for every pod
/// @param scheduleTimeout how long a pod may wait for a node
/// @param problems what is wrong with them
record KubernetesSettings(
        CloudEndpoint endpoint,
        Optional<String> kubeconfig,
        Optional<String> context,
        Optional<String> namespace,
        PoolSettings market,
        PodSettings pods,
        Duration scheduleTimeout,
        List<SettingProblem> problems)
        implements CheckedSettings {
    static final List<String> NAMES = List.of(
            "kubeconfig",
            "context",
            "endpoint",
            "insecure",
            "namespace",
            "pools",
            "discover",
            "prices",
            "accelerator_names",
            "schedule_timeout",
            "host_port",
            "cpu",
            "memory",
            "tolerations",
            "service_account",
            "image_pull_secrets",
            "runtime_class",
            "priority_class",
            "spread",
            "pod_security",
            "run_as_user",
            "shared_memory",
            "labels",
            "annotations");

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern DURATION = Pattern.compile("[1-9][0-9]{0,4}[smh]");
    private static final Duration DEFAULT_SCHEDULE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LONGEST_SCHEDULE_TIMEOUT = Duration.ofHours(1);

    static KubernetesSettings read(Map<String, Object> values, Map<String, String> environment) {
        SettingReader reader = new SettingReader(values);
        CloudEndpoint endpoint =
                CloudSettings.read(Places.CLOUD, reader, environment).endpoint();
        PoolSettings market = PoolSettings.read(reader, values);
        KubernetesSettings read = new KubernetesSettings(
                endpoint,
                reader.text("kubeconfig"),
                reader.text("context"),
                reader.text("namespace", NAMESPACE, "\"ml\""),
                market,
                PodSettings.read(reader),
                scheduleTimeout(reader),
                List.of());
        if (endpoint.override().isPresent() && (reader.has("kubeconfig") || reader.has("context"))) {
            reader.wrong(
                    "endpoint",
                    "is given together with a kubeconfig or context",
                    "Name the cluster in one way only; an endpoint is asked without credentials.");
        }
        List<SettingProblem> problems = new ArrayList<>(reader.problems());
        problems.addAll(CloudSettings.unknown(values, NAMES));
        return read.with(problems);
    }

    private KubernetesSettings with(List<SettingProblem> found) {
        return new KubernetesSettings(
                endpoint, kubeconfig, context, namespace, market, pods, scheduleTimeout, List.copyOf(found));
    }

    private static Duration scheduleTimeout(SettingReader reader) {
        Optional<String> text = reader.text("schedule_timeout", DURATION, "\"2m\"");
        if (text.isEmpty()) {
            return DEFAULT_SCHEDULE_TIMEOUT;
        }
        long number = Long.parseLong(text.get().substring(0, text.get().length() - 1));
        Duration given = switch (text.get().charAt(text.get().length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (given.compareTo(LONGEST_SCHEDULE_TIMEOUT) > 0) {
            reader.wrong("schedule_timeout", "is too long", "Write at most \"1h\".");
            return DEFAULT_SCHEDULE_TIMEOUT;
        }
        return given;
    }
}
