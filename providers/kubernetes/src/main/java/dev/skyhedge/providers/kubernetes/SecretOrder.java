package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.LaunchRequest;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/// The secret with a workload's variables. It belongs to the pod, so that the cluster deletes it with the
/// pod; that is why it is made after it. A pod waits for its secret.
final class SecretOrder {
    private SecretOrder() {}

    static Secret of(LaunchRequest request, Pod owner) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(owner.getMetadata().getName())
                .withLabels(Labels.labels(request.tags()))
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withStringData(request.workload().environment())
                .build();
    }
}
