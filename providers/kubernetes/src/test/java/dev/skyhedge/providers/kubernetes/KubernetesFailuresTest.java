package dev.skyhedge.providers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.pool.Places;
import dev.skyhedge.spi.Failure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesFailuresTest {
    private static Failure failure(KubernetesClientException thrown) {
        return KubernetesFailures.of(
                KubernetesErrors.of(thrown, "https://k8s", Optional.of(Duration.ofSeconds(3))), Places.EVERYTHING);
    }

    private static KubernetesClientException answer(int code, String reason, String message) {
        Status status = new StatusBuilder()
                .withCode(code)
                .withReason(reason.isEmpty() ? null : reason)
                .withMessage(message)
                .build();
        return new KubernetesClientException(message, code, status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | Forbidden | pods \"x\" is forbidden: exceeded quota: team, requested: pods=1 | quota",
                "403 | Forbidden | pods \"x\" is forbidden: failed quota: team: must specify cpu | invalid_request",
                "403 | Forbidden | maximum cpu usage per Container is 2, but limit is 4 | invalid_request",
                "403 | Forbidden | pods \"x\" is forbidden: violates PodSecurity \"restricted\" | invalid_request",
                "403 | Forbidden | User \"me\" cannot create resource \"pods\" | denied",
                "401 | Unauthorized | Unauthorized | denied",
                "403 | | no | denied",
                "404 | NotFound | pods \"x\" not found | not_found",
                "409 | AlreadyExists | pods \"x\" already exists | conflict",
                "409 | Conflict | the object has been modified | conflict",
                "410 | Expired | The provided continue parameter is too old | conflict",
                "422 | Invalid | Pod \"x\" is invalid | invalid_request",
                "400 | BadRequest | unable to parse | invalid_request",
                "429 | TooManyRequests | slow down | throttled",
                "429 | | slow down | throttled",
                "500 | InternalError | etcd is slow | outcome_unknown",
                "504 | Timeout | Timeout: request did not complete | outcome_unknown",
                "503 | ServiceUnavailable | not ready | outcome_unknown",
                "502 | | Bad Gateway | outcome_unknown"
            })
    void everyRefusalHasItsKind(int code, String reason, String message, String kind) {
        assertThat(failure(answer(code, reason == null ? "" : reason, message)).kind())
                .isEqualTo(kind);
    }

    @Test
    void noAnswerIsAnUnknownOutcomeWithItsCause() {
        Failure failure = failure(new KubernetesClientException("An error", new IOException("connection reset")));

        assertThat(failure).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(failure.message()).contains("connection reset");
    }

    @Test
    void theStatusSaysHowLongToWaitBeforeAHeaderDoes() {
        Status status = new StatusBuilder()
                .withCode(429)
                .withReason("TooManyRequests")
                .withMessage("slow down")
                .withNewDetails()
                .withRetryAfterSeconds(9)
                .endDetails()
                .build();

        assertThat(failure(new KubernetesClientException("slow down", 429, status)))
                .isInstanceOfSatisfying(
                        Failure.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(9)));
        assertThat(failure(answer(429, "TooManyRequests", "slow down")))
                .isInstanceOfSatisfying(
                        Failure.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void aListThatIsTooOldIsToldFromOtherConflicts() {
        assertThat(KubernetesFailures.isTooOld(failure(answer(410, "Expired", "too old"))))
                .isTrue();
        assertThat(KubernetesFailures.isTooOld(failure(answer(410, "", "too old"))))
                .isTrue();
        assertThat(KubernetesFailures.isTooOld(failure(answer(409, "Conflict", "modified"))))
                .isFalse();
    }

    @Test
    void aClusterThatCannotBeReachedIsNamedWithWhatToLookAt() {
        var thrown = new KubernetesClientException("list", new IOException(new ClosedChannelException()));

        Failure failure = KubernetesFailures.of(
                KubernetesErrors.of(thrown, "https://10.0.0.1:6443/", Optional.empty()), Places.EVERYTHING);

        assertThat(failure).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(failure.message()).contains("https://10.0.0.1:6443/", "ClosedChannelException", "kubeconfig");
    }
}
