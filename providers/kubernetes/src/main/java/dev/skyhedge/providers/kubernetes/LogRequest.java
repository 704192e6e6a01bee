package dev.skyhedge.providers.kubernetes;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks for a log as it is. The client's own way to do that first lists and watches the pod until it is ready, which
/// needs more permissions and, of a pod that never gets ready, more patience.
final class LogRequest {
    private static final long LIMIT_SECONDS = 60;

    private LogRequest() {}

    /// The log from its beginning.
    ///
    /// @param pod name of a pod that is there
    /// @param limit the most bytes to ask for
    /// @throws KubernetesClientException if there is no answer, or another
    static byte[] read(Cluster cluster, String pod, String container, int limit) {
        HttpClient http = cluster.client().getHttpClient();
        String address = cluster.address().replaceAll("/+$", "") + "/api/v1/namespaces/" + cluster.namespace()
                + "/pods/" + pod + "/log?container=" + container + "&limitBytes=" + limit;
        try {
            HttpResponse<byte[]> answer = http.sendAsync(
                            http.newHttpRequestBuilder().uri(address).build(), byte[].class)
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answer.isSuccessful()) {
                return answer.body();
            }
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            throw new KubernetesClientException(
                    text,
                    answer.code(),
                    new StatusBuilder()
                            .withCode(answer.code())
                            .withMessage(text)
                            .build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted while reading a log", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KubernetesClientException("The log cannot be read", e);
        }
    }
}
