package dev.skyhedge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skyhedge.engine.control.NoticeAuthority;
import dev.skyhedge.engine.reconcile.InstanceNotice;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.spi.IdempotencyToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what instances report about themselves. An instance repeats a report until it is answered with a 2xx, so
/// the same report (launch, kind and deadline) counts once. Thread-safe.
public final class NoticeDesk {
    static final String PATH = "/v1/notices";

    /// Largest notice, in bytes.
    static final int MAX_BYTES = 4 * 1024;

    /// So many may wait until they are safe; the other threads of the server stay free for other requests.
    static final int MAX_IN_HAND = 6;

    /// From its header to its last byte.
    static final Duration READ_LIMIT = Duration.ofSeconds(5);

    private static final Answer NOT_AUTHORIZED =
            Answer.error(401, "not_authorized", "The Authorization header does not belong to this token.");
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_SOURCE = 32;
    private static final Logger LOG = LoggerFactory.getLogger(NoticeDesk.class);
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final NoticeAuthority authority;
    private final Predicate<InstanceNotice> deliver;
    private final Semaphore inHand = new Semaphore(MAX_IN_HAND);
    private final Map<Seen, Boolean> taken = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Seen(IdempotencyToken token, InstanceNotice.Kind kind, Optional<Instant> deadline) {}

    /// @param deliver hands a notice on and returns once it cannot be lost any more; false if nobody can take it
    ///     at the moment
    public NoticeDesk(NoticeAuthority authority, Predicate<InstanceNotice> deliver) {
        this.authority = authority;
        this.deliver = deliver;
    }

    /// Takes a notice whose bytes no thread waits for, and hands it on by a thread that serves nobody else.
    ///
    /// @param answer called once, when it is known
    void take(Request request, Consumer<Answer> answer) {
        String authorization = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                .orElse("");
        if (!NoticeAuthority.isAuthorization(authorization)) {
            answer.accept(NOT_AUTHORIZED.andClose());
            return;
        }
        var bytes = new CompletableFuture<byte[]>();
        Content.Source.asByteArrayAsync(request, MAX_BYTES, Promise.Invocable.toPromise(bytes));
        bytes.orTimeout(READ_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((body, failure) ->
                        failure == null ? take(authorization, body, answer) : broken(failure, answer));
    }

    private boolean take(String authorization, byte[] body, Consumer<Answer> answer) {
        Thread.ofVirtual().name("notice").start(() -> {
            Answer result;
            try {
                result = take(authorization, body);
            } catch (RuntimeException e) {
                LOG.error("A notice could not be taken", e);
                result = Answer.error(500, "internal_error", "The console failed; see its log.");
            }
            answer.accept(result);
        });
        return true;
    }

    private static boolean broken(Throwable failure, Consumer<Answer> answer) {
        Answer result = switch (failure) {
            case TimeoutException _ ->
                Answer.error(408, "too_slow", "A notice may take " + Durations.text(READ_LIMIT) + ".");
            case IllegalStateException _ ->
                Answer.error(413, "body_too_large", "A notice may have " + MAX_BYTES + " bytes.");
            default -> {
                LOG.debug("A notice broke off", failure);
                yield Answer.error(400, "incomplete", "The notice broke off.");
            }
        };
        answer.accept(result.andClose());
        return false;
    }

    Answer take(String authorization, byte[] body) {
        InstanceNotice notice;
        try {
            notice = parse(MAPPER.readTree(body));
        } catch (JsonProcessingException e) {
            return Answer.error(400, "not_json", "A notice is a JSON object.");
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be read", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Answer.error(
                    400,
                    "invalid_notice",
                    "A notice has token, kind, deadline (or null), source and observedAt, times as 2026-01-01T00:00:00Z.");
        }
        if (!authority.permits(authorization, notice.token())) {
            return NOT_AUTHORIZED;
        }
        var seen = new Seen(notice.token(), notice.kind(), notice.deadline());
        synchronized (taken) {
            if (taken.containsKey(seen)) {
                return Answer.nothing();
            }
        }
        if (!isDelivered(notice)) {
            return Answer.error(503, "not_watching", "No reconciler has taken it yet; repeat the notice.");
        }
        synchronized (taken) {
            taken.put(seen, true);
        }
        return Answer.nothing();
    }

    /// Not one after another: others need not wait until this one is safe. One that is repeated meanwhile is
    /// delivered twice, and changes nothing the second time.
    private boolean isDelivered(InstanceNotice notice) {
        if (!inHand.tryAcquire()) {
            return false;
        }
        try {
            return deliver.test(notice);
        } finally {
            inHand.release();
        }
    }

    private static InstanceNotice parse(JsonNode body) {
        String source = text(body, "source");
        if (source.length() > LONGEST_SOURCE || !source.matches("[a-z0-9_-]+")) {
            throw new IllegalArgumentException("Not a source: " + source);
        }
        return new InstanceNotice(
                new IdempotencyToken(text(body, "token")),
                InstanceNotice.Kind.valueOf(text(body, "kind").toUpperCase(Locale.ROOT)),
                body.path("deadline").isTextual()
                        ? Optional.of(Instant.parse(text(body, "deadline")))
                        : Optional.empty(),
                source,
                Instant.parse(text(body, "observedAt")));
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is not a text");
        }
        return value.asText();
    }
}
