package dev.skyhedge.providers.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;

/// A connection to a cluster.
///
/// @param client the client
/// @param namespace where our pods are
/// @param heard what throttled answers asked for
record Cluster(KubernetesClient client, String namespace, HeardRetryAfter heard) {
    /// Where it is, for people.
    String address() {
        return client.getMasterUrl().toString();
    }
}
