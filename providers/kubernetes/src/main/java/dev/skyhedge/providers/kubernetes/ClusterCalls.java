package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.calls.ApiGroup;
import dev.skyhedge.providers.cloud.calls.CallPacing;
import dev.skyhedge.providers.cloud.calls.CallRate;
import dev.skyhedge.providers.cloud.calls.CallRepeater;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.ResourceQuotaList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The calls of the API that we make, paced and repeated. All of them may be repeated: they read, they delete, or
/// they create something under a name that follows from the launch's token.
final class ClusterCalls {
    /// Far below what an API server allows a user by default, so that a small one is not troubled. Not measured.
    private static final CallRate RATE = new CallRate(20, 100);

    private static final long PAGE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final Cluster cluster;
    private final Pause pause;
    private final CallRepeater repeater;

    ClusterCalls(Cluster cluster, InstantSource clock, Pause pause, RandomGenerator random) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.pause = pause;
        this.repeater = new CallRepeater(new CallPacing(group -> RATE, clock, pause), clock, pause, random);
    }

    Outcome<Pod> create(Pod pod, Scope scope) {
        return call(
                "write",
                scope,
                () -> client.pods()
                        .inNamespace(cluster.namespace())
                        .resource(pod)
                        .create());
    }

    Outcome<Secret> create(Secret secret, Scope scope) {
        return call(
                "write",
                scope,
                () -> client.secrets()
                        .inNamespace(cluster.namespace())
                        .resource(secret)
                        .create());
    }

    Outcome<Pod> pod(String name) {
        return call(
                "read",
                Places.EVERYTHING,
                () -> client.pods()
                        .inNamespace(cluster.namespace())
                        .withName(name)
                        .get());
    }

    /// Deletes a pod; a success if there is none.
    Outcome<Boolean> deletePod(String name) {
        return call(
                "write",
                Places.EVERYTHING,
                () -> !client.pods()
                        .inNamespace(cluster.namespace())
                        .withName(name)
                        .delete()
                        .isEmpty());
    }

    /// Deletes a secret; a success if there is none.
    Outcome<Boolean> deleteSecret(String name) {
        return call(
                "write",
                Places.EVERYTHING,
                () -> !client.secrets()
                        .inNamespace(cluster.namespace())
                        .withName(name)
                        .delete()
                        .isEmpty());
    }

    /// A page of pods.
    ///
    /// @param next where the page before ended; empty for the first
    Outcome<PodList> pods(String selector, String next) {
        return call(
                "list",
                Places.EVERYTHING,
                () -> client.pods().inNamespace(cluster.namespace()).list(page(selector, next)));
    }

    /// A page of nodes.
    ///
    /// @param next where the page before ended; empty for the first
    Outcome<NodeList> nodes(String next) {
        return call("list", Places.EVERYTHING, () -> client.nodes().list(page("", next)));
    }

    Outcome<ResourceQuotaList> quotas() {
        return call(
                "list",
                Places.EVERYTHING,
                () -> client.resourceQuotas().inNamespace(cluster.namespace()).list(page("", "")));
    }

    Outcome<Namespace> namespace() {
        return call(
                "read",
                Places.EVERYTHING,
                () -> client.namespaces().withName(cluster.namespace()).get());
    }

    /// Asks the cluster which version it is.
    Outcome<String> version() {
        return call(
                "read",
                Places.EVERYTHING,
                () -> client.getKubernetesVersion() == null
                        ? null
                        : client.getKubernetesVersion().getGitVersion());
    }

    /// Whether we may do this.
    Outcome<Boolean> may(Permission permission) {
        return call("read", Places.EVERYTHING, () -> {
            var answer = client.authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(permission.question(cluster.namespace()));
            return answer.getStatus() != null
                    && Boolean.TRUE.equals(answer.getStatus().getAllowed());
        });
    }

    /// Reads what a container wrote, from the beginning.
    ///
    /// @param limit the most bytes to ask for
    Outcome<byte[]> log(String pod, String container, int limit) {
        return call("read", Places.EVERYTHING, () -> LogRequest.read(cluster, pod, container, limit));
    }

    /// Watches pods from now on. Fails with a value if the cluster does not let us.
    Outcome<Watch> watch(String selector, Watcher<Pod> watcher) {
        return once(
                Places.EVERYTHING,
                () -> client.pods()
                        .inNamespace(cluster.namespace())
                        .withLabelSelector(selector)
                        .watch(watcher));
    }

    private static ListOptions page(String selector, String next) {
        ListOptionsBuilder options = new ListOptionsBuilder().withLimit(PAGE);
        if (!selector.isEmpty()) {
            options.withLabelSelector(selector);
        }
        return next.isEmpty() ? options.build() : options.withContinue(next).build();
    }

    private <T> Outcome<T> call(String group, Scope scope, Supplier<@Nullable T> call) {
        return repeater.call(new ApiGroup(cluster.namespace(), "", group), LIMIT, () -> once(scope, call));
    }

    private <T> Outcome<T> once(Scope scope, Supplier<@Nullable T> call) {
        try {
            T answer = call.get();
            return answer == null
                    ? Outcome.failed(new Failure.NotFound("there is no such object"))
                    : Outcome.done(answer);
        } catch (KubernetesClientException e) {
            return Outcome.failed(KubernetesFailures.of(
                    KubernetesErrors.of(e, cluster.address(), cluster.heard().last()), scope));
        } catch (RejectedExecutionException | IllegalStateException e) {
            return Outcome.failed(new Failure.OutcomeUnknown("This client is closed: " + e.getMessage()));
        }
    }

    /// Lets time pass; false if interrupted, with the interrupt kept.
    boolean rest(Duration time) {
        try {
            pause.pass(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
