package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.providers.kubernetes.pool.Pool;
import dev.skyhedge.providers.kubernetes.pool.Taint;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// The pod that a launch asks for. The same request and pool make the same pod, whenever and wherever it is made.
///
/// Variables of the workload are in a secret that belongs to the pod: they may be secrets, and everybody
/// who may look at pods can read what is written in them.
final class PodOrder {
    static final String CONTAINER = "workload";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,252}");
    private static final String PORT = "PORT";
    private static final String NODE = "kubernetes.io/hostname";
    private static final long GRACE_SECONDS = 30;

    private static final String AUTOSCALER = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    private static final String KARPENTER = "karpenter.sh/do-not-disrupt";

    private PodOrder() {}

    /// Why no pod can run this; empty if one can.
    static Optional<String> unfit(Workload workload) {
        if (workload.image().isEmpty()) {
            return Optional.of("a pod needs an image: give the replica one");
        }
        return workload.environment().keySet().stream()
                .filter(name -> !VARIABLE.matcher(name).matches())
                .findFirst()
                .map(name -> "the variable \"" + name + "\" cannot be handed to a pod");
    }

    static Pod of(LaunchRequest request, String name, Pool pool, PodSettings settings, PodSecurity security) {
        SequencedMap<String, String> annotations = new LinkedHashMap<>();
        SequencedMap<String, String> labels = new LinkedHashMap<>(settings.labels());
        labels.putAll(Labels.labels(request.tags()));
        // Neither consolidates nodes away under a replica of which there is only one.
        annotations.put(AUTOSCALER, "false");
        annotations.put(KARPENTER, "true");
        annotations.putAll(settings.annotations());
        annotations.putAll(Labels.annotations(request));
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(spec(request, name, pool, settings, security))
                .build();
    }

    /// Nothing restarts by itself, because replacing a replica is the planner's decision.
    private static PodSpec spec(
            LaunchRequest request, String name, Pool pool, PodSettings settings, PodSecurity security) {
        PodSpecBuilder spec = new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withAutomountServiceAccountToken(settings.serviceAccount().isPresent())
                .withNodeSelector(pool.selector())
                .withTolerations(pool.tolerations().stream()
                        .distinct()
                        .map(PodOrder::toleration)
                        .toList())
                .withImagePullSecrets(settings.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withContainers(container(request, name, pool, settings, security));
        security.ofPod(settings.user()).ifPresent(spec::withSecurityContext);
        spread(request, settings).ifPresent(spec::withTopologySpreadConstraints);
        settings.serviceAccount().ifPresent(spec::withServiceAccountName);
        settings.runtimeClass().ifPresent(spec::withRuntimeClassName);
        settings.priorityClass().ifPresent(spec::withPriorityClassName);
        if (!pool.requirements().isEmpty()) {
            List<NodeSelectorRequirement> requirements = pool.requirements().stream()
                    .map(one -> new NodeSelectorRequirement(one.label(), one.operator(), one.values()))
                    .toList();
            spec.withNewAffinity()
                    .withNewNodeAffinity()
                    .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .addNewNodeSelectorTerm()
                    .withMatchExpressions(requirements)
                    .endNodeSelectorTerm()
                    .endRequiredDuringSchedulingIgnoredDuringExecution()
                    .endNodeAffinity()
                    .endAffinity();
        }
        if (pool.hasGpu()) {
            // Engines that spread a model over GPUs pass tensors through shared memory; 64 MB is the usual limit.
            spec.addNewVolume()
                    .withName("shared-memory")
                    .withNewEmptyDir()
                    .withMedium("Memory")
                    .withSizeLimit(new Quantity(settings.sharedMemory()))
                    .endEmptyDir()
                    .endVolume();
        }
        return spec.build();
    }

    /// A spare on the node of the replica that it stands in for would go with it.
    private static Optional<TopologySpreadConstraint> spread(LaunchRequest request, PodSettings settings) {
        Map<String, String> labels = Labels.labels(request.tags());
        TopologySpreadConstraintBuilder constraint = new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(NODE)
                .withNewLabelSelector()
                .addToMatchLabels(CloudTags.LINEAGE, labels.get(CloudTags.LINEAGE))
                .addToMatchLabels(CloudTags.SERVICE, labels.get(CloudTags.SERVICE))
                .endLabelSelector();
        return switch (settings.spread()) {
            case PREFERRED ->
                Optional.of(constraint.withWhenUnsatisfiable("ScheduleAnyway").build());
            case REQUIRED ->
                Optional.of(constraint.withWhenUnsatisfiable("DoNotSchedule").build());
            case NONE -> Optional.empty();
        };
    }

    private static Container container(
            LaunchRequest request, String name, Pool pool, PodSettings settings, PodSecurity security) {
        Workload workload = request.workload();
        Map<String, Quantity> limits = new LinkedHashMap<>();
        if (pool.hasGpu()) {
            limits.put(
                    pool.needs().gpuResource(),
                    new Quantity(Integer.toString(pool.accelerator().count())));
        }
        ContainerBuilder container = new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(workload.image().orElseThrow())
                .withArgs(workload.command().stream().map(PodOrder::literal).toList())
                .withEnv(variables(workload, name))
                .withResources(new ResourceRequirementsBuilder()
                        .withLimits(limits)
                        .withRequests(PodRequests.of(request, pool))
                        .build());
        security.ofContainer().ifPresent(container::withSecurityContext);
        var port = container.addNewPort().withContainerPort(workload.port()).withProtocol("TCP");
        if (settings.hostPort()) {
            port.withHostPort(workload.port());
        }
        port.endPort();
        if (pool.hasGpu()) {
            container
                    .addNewVolumeMount()
                    .withName("shared-memory")
                    .withMountPath("/dev/shm")
                    .endVolumeMount();
        }
        return container.build();
    }

    private static List<EnvVar> variables(Workload workload, String secret) {
        List<EnvVar> variables = new ArrayList<>();
        if (!workload.environment().containsKey(PORT)) {
            variables.add(new EnvVarBuilder()
                    .withName(PORT)
                    .withValue(Integer.toString(workload.port()))
                    .build());
        }
        for (String name : workload.environment().keySet()) {
            variables.add(new EnvVarBuilder()
                    .withName(name)
                    .withNewValueFrom()
                    .withNewSecretKeyRef(name, secret, false)
                    .endValueFrom()
                    .build());
        }
        return variables;
    }

    /// Kubernetes puts variables into arguments where these say `$(NAME)`; no other provider does.
    private static String literal(String argument) {
        return argument.replace("$(", "$$(");
    }

    private static Toleration toleration(Taint taint) {
        TolerationBuilder toleration = new TolerationBuilder().withKey(taint.key());
        if (taint.value().isEmpty()) {
            toleration.withOperator("Exists");
        } else {
            toleration.withOperator("Equal").withValue(taint.value());
        }
        return taint.effect().isEmpty()
                ? toleration.build()
                : toleration.withEffect(taint.effect()).build();
    }
}
