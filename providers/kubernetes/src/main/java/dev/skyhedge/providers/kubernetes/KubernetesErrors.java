package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.failures.CloudError;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Reads what the cluster answered instead of what was asked for. The reason of its `Status` is the code;
/// an answer without one, such as that of a proxy, is known by its HTTP status only.
final class KubernetesErrors {
    private KubernetesErrors() {}

    /// @param address where the cluster is, for people
    /// @param heard how long the last throttled answer asked us to wait, for answers that say so in a header only
    static CloudError of(KubernetesClientException thrown, String address, Optional<Duration> heard) {
        Status status = thrown.getStatus();
        int code = thrown.getCode();
        if (status == null || code == 0) {
            return CloudError.unanswered("the cluster at " + address + " cannot be reached: " + cause(thrown)
                    + ". Look at the server in the kubeconfig, and at the way there");
        }
        String reason = Objects.requireNonNullElse(status.getReason(), "");
        String text = Objects.requireNonNullElse(status.getMessage(), "");
        return new CloudError(
                code,
                isTelling(code, reason) ? reason : usual(code),
                text.isEmpty() ? cause(thrown) : text,
                "",
                retryAfter(status).or(() -> code == 429 ? heard : Optional.empty()));
    }

    /// Some servers put the status line where the reason belongs, or another reason than belongs to a conflict.
    private static boolean isTelling(int code, String reason) {
        boolean odd = code == 409 && !reason.equals("AlreadyExists") && !reason.equals("Conflict");
        return !reason.isEmpty() && reason.indexOf(' ') < 0 && !odd;
    }

    private static Optional<Duration> retryAfter(Status status) {
        return Optional.ofNullable(status.getDetails())
                .map(details -> details.getRetryAfterSeconds())
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }

    /// The reason that Kubernetes gives with this HTTP status.
    private static String usual(int code) {
        return switch (code) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            default -> "";
        };
    }

    private static String cause(Throwable thrown) {
        Throwable deepest = thrown;
        for (int depth = 0; depth < 10 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        String message = Objects.requireNonNullElse(deepest.getMessage(), "");
        return message.isEmpty() ? deepest.getClass().getSimpleName() : message;
    }
}
