package dev.skyhedge.providers.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Listens for the header `Retry-After` of throttled answers, which the client does not hand on. It is about the
/// whole client, not about one call, so the last one counts for all. Thread-safe.
final class HeardRetryAfter implements Interceptor {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String HEADER = "Retry-After";

    @Nullable
    private volatile Duration last;

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == TOO_MANY_REQUESTS) {
            String header = response.header(HEADER);
            last = header != null && header.matches("[0-9]{1,4}") ? Duration.ofSeconds(Long.parseLong(header)) : null;
        }
    }

    Optional<Duration> last() {
        return Optional.ofNullable(last);
    }
}
