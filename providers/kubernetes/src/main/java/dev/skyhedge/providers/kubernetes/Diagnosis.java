package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.diagnosis.Findings;
import dev.skyhedge.providers.kubernetes.pool.Pool;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Looks at what this provider needs to work.
final class Diagnosis {
    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final ClusterCalls calls;
    private final Pools pools;
    private final Nodes nodes;

    Diagnosis(KubernetesSettings settings, Cluster cluster, ClusterCalls calls, Pools pools, Nodes nodes) {
        this.settings = settings;
        this.cluster = cluster;
        this.calls = calls;
        this.pools = pools;
        this.nodes = nodes;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(endpoint());
        switch (calls.version()) {
            case Outcome.Failed<String>(Failure failure) ->
                findings.add(Findings.failed(
                        "cluster",
                        failure,
                        "Check that \"kubectl version\" answers with the same kubeconfig and context."));
            case Outcome.Done<String>(String version) -> {
                findings.add(new Finding.Good("cluster", version + " at " + cluster.address()));
                findings.add(permissions("permissions", Permission.REQUIRED, true));
                findings.add(permissions("wider permissions", Permission.USEFUL, false));
                findings.add(offers());
                findings.add(reach());
            }
        }
        return findings;
    }

    private Finding endpoint() {
        if (settings.endpoint().override().isPresent()) {
            return new Finding.Notable(
                    "endpoint",
                    settings.endpoint().name() + ", asked without credentials",
                    "That is meant for \"kubectl proxy\" and for tests; name a kubeconfig and context otherwise.");
        }
        return new Finding.Good(
                "credentials",
                settings.kubeconfig().orElse("the usual kubeconfig")
                        + settings.context().map(name -> ", context " + name).orElse(""));
    }

    private Finding permissions(String subject, List<Permission> wanted, boolean needed) {
        List<String> missing = new ArrayList<>();
        for (Permission permission : wanted) {
            switch (calls.may(permission)) {
                case Outcome.Failed<Boolean>(Failure failure) -> {
                    return new Finding.Notable(
                            subject,
                            "not known: " + failure.message(),
                            "Compare with \"kubectl auth can-i --list -n " + cluster.namespace() + "\".");
                }
                case Outcome.Done<Boolean>(Boolean allowed) -> {
                    if (!allowed) {
                        missing.add(permission.toString());
                    }
                }
            }
        }
        if (missing.isEmpty()) {
            return new Finding.Good(subject, "all of " + wanted.size() + " in namespace " + cluster.namespace());
        }
        String detail = "missing in namespace " + cluster.namespace() + ": " + String.join(", ", missing);
        return needed
                ? new Finding.Bad(subject, detail, "Give the user or service account a role with these verbs.")
                : new Finding.Notable(
                        subject,
                        detail,
                        "Works without, but slower notices, no logs, or declared pools only, whichever is missing.");
    }

    private Finding offers() {
        OfferQuery anything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        return switch (pools.offers(anything)) {
            case Outcome.Failed<OfferList>(Failure failure) ->
                Findings.failed("pools", failure, "Declare pools in the settings, or permit \"list nodes\".");
            case Outcome.Done<OfferList>(OfferList list) -> {
                SortedSet<String> types = new TreeSet<>();
                list.offers().stream().map(Offer::accelerator).forEach(one -> types.add(one.type()));
                boolean gpus = types.stream().anyMatch(type -> !type.equals(Pool.CPU));
                String detail = list.offers().size() + " offers of " + String.join(", ", types)
                        + nodes.trouble()
                                .map(failure -> "; nodes not seen: " + failure.message())
                                .orElse("");
                yield gpus
                        ? new Finding.Good("pools", detail)
                        : new Finding.Notable(
                                "pools",
                                types.isEmpty() ? "none" : detail,
                                "For GPUs install the vendor's device plugin, or declare pools that scale from zero.");
            }
        };
    }

    private Finding reach() {
        return settings.pods().hostPort()
                ? new Finding.Good("addresses", "pods are reached at their nodes' addresses")
                : new Finding.Notable(
                        "addresses",
                        "pods are reached at their own addresses",
                        "Run \"skyhedge watch\" where these are routed, such as in the cluster, or set host_port = true.");
    }
}
