package dev.skyhedge.providers.kubernetes;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.Optional;

/// What a pod says about what its container may do, by the cluster's pod security standards.
enum PodSecurity {
    /// Nothing: as the cluster does it.
    NONE,
    /// Nobody gains rights that they did not start with, and rare system calls are closed. Images that run as root,
    /// as most of those that serve models do, run as ever.
    BASELINE,
    /// What namespaces that enforce `restricted` take: no capabilities, and not as root.
    RESTRICTED;

    private static final String REFUSED = "violates PodSecurity";
    private static final String PROFILE = "RuntimeDefault";

    /// Whether a namespace refused a pod for what it may do.
    static boolean isRefusal(String message) {
        return message.contains(REFUSED);
    }

    /// @param user whom the container runs as; empty for whom its image says
    Optional<PodSecurityContext> ofPod(Optional<Long> user) {
        PodSecurityContextBuilder context = new PodSecurityContextBuilder();
        user.ifPresent(context::withRunAsUser);
        return switch (this) {
            case NONE -> user.map(_ -> context.build());
            case BASELINE ->
                Optional.of(context.withNewSeccompProfile()
                        .withType(PROFILE)
                        .endSeccompProfile()
                        .build());
            case RESTRICTED ->
                Optional.of(context.withNewSeccompProfile()
                        .withType(PROFILE)
                        .endSeccompProfile()
                        .withRunAsNonRoot(true)
                        .build());
        };
    }

    Optional<SecurityContext> ofContainer() {
        return switch (this) {
            case NONE -> Optional.empty();
            case BASELINE ->
                Optional.of(new SecurityContextBuilder()
                        .withAllowPrivilegeEscalation(false)
                        .build());
            case RESTRICTED ->
                Optional.of(new SecurityContextBuilder()
                        .withAllowPrivilegeEscalation(false)
                        .withNewCapabilities()
                        .addToDrop("ALL")
                        .endCapabilities()
                        .build());
        };
    }
}
