package dev.skyhedge.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/// The paths of the server. Never blocks: bodies are read and answers written as the network allows.
final class ApiHandler extends Handler.Abstract.NonBlocking {
    /// Largest request body, in bytes.
    static final int MAX_BODY = 1 << 20;

    /// Bytes of a body that is refused which are read all the same: a client that is still sending when the
    /// connection ends may never see the answer.
    private static final long MAX_DISCARDED = 16 << 20;

    private static final String JSON = "application/json";

    private final EmbeddingService service;
    private final ServerMetrics metrics;
    private volatile boolean draining;

    ApiHandler(EmbeddingService service, ServerMetrics metrics) {
        this.service = service;
        this.metrics = metrics;
    }

    /// From now on health says no, and every answer ends its connection; requests are still served.
    void drain() {
        draining = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        metrics.started();
        Request.addCompletionListener(
                request, _ -> metrics.finished(response.getStatus(), System.nanoTime() - request.getBeginNanoTime()));
        String path = Request.getPathInContext(request);
        Exchange exchange = new Exchange(request, response, callback);
        switch (path) {
            case "/v1/embeddings" -> exchange.only("POST", () -> embeddings(exchange));
            case "/v1/models" -> exchange.only("GET", () -> exchange.json(200, models()));
            case "/health" -> exchange.only("GET", () -> health(exchange));
            case "/metrics" -> exchange.only("GET", () -> metrics(exchange));
            default ->
                exchange.error(
                        ApiError.of(404, "invalid_request_error", "There is nothing at this path", "unknown_url"));
        }
        return true;
    }

    private void health(Exchange exchange) {
        String status = draining ? "draining" : service.isReady() ? "ok" : "loading";
        exchange.json(
                status.equals("ok") ? 200 : 503,
                JsonNodeFactory.instance.objectNode().put("status", status));
    }

    private void metrics(Exchange exchange) {
        String text = metrics.text(service.queued(), service.isReady());
        exchange.send(200, "text/plain; version=0.0.4; charset=utf-8", text);
    }

    private ObjectNode models() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("object", "list");
        root.putArray("data")
                .addObject()
                .put("id", service.modelName())
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "sentence-transformers");
        return root;
    }

    private void embeddings(Exchange exchange) {
        if (exchange.request.getLength() > MAX_BODY) {
            exchange.refuseBody(MAX_DISCARDED);
            return;
        }
        Content.Source.asByteArrayAsync(
                exchange.request,
                MAX_BODY,
                Promise.Invocable.from(
                        InvocationType.NON_BLOCKING, body -> embeddings(exchange, body), exchange::unreadable));
    }

    private void embeddings(Exchange exchange, byte[] body) {
        switch (EmbeddingsRequest.parse(body)) {
            case EmbeddingsRequest.Parsed.Valid(var request) ->
                service.submit(request, answer -> answered(exchange, answer));
            case EmbeddingsRequest.Parsed.Invalid(var error) -> exchange.error(error);
        }
    }

    private void answered(Exchange exchange, EmbeddingService.Answer answer) {
        switch (answer) {
            case EmbeddingService.Answer.Embedded(var response, var inputs) -> {
                metrics.embedded(inputs, response.tokens());
                exchange.json(200, response.json());
            }
            case EmbeddingService.Answer.Refused(var error) -> exchange.error(error);
            case EmbeddingService.Answer.Broken(var cause) -> exchange.callback.failed(cause);
        }
    }

    private static ApiError tooLarge() {
        return ApiError.of(
                413, "invalid_request_error", "The body may have " + MAX_BODY + " bytes", "request_too_large");
    }

    /// One request and its answer.
    private final class Exchange {
        private final Request request;
        private final Response response;
        private final Callback callback;

        Exchange(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /// The body is too large, or the client has gone.
        void unreadable(Throwable failure) {
            if (failure instanceof IllegalStateException) {
                refuseBody(MAX_DISCARDED);
            } else {
                callback.failed(failure);
            }
        }

        /// Reads on as long as the client sends, within a limit, and then says that the body is too large.
        ///
        /// @param left how many more bytes are read
        void refuseBody(long left) {
            long unread = left;
            while (unread > 0) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    long rest = unread;
                    request.demand(() -> refuseBody(rest));
                    return;
                }
                unread = Content.Chunk.isFailure(chunk) || chunk.isLast() ? 0 : unread - chunk.remaining();
                chunk.release();
            }
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            error(tooLarge());
        }

        void only(String method, Runnable action) {
            if (request.getMethod().equals(method)) {
                action.run();
            } else {
                response.getHeaders().put(HttpHeader.ALLOW, method);
                error(ApiError.of(
                        405, "invalid_request_error", "Only " + method + " is allowed here", "method_not_allowed"));
            }
        }

        void error(ApiError error) {
            if (error.status() == 429 || error.status() == 503) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            }
            json(error.status(), error.json());
        }

        void json(int status, JsonNode body) {
            send(status, JSON, body.toString());
        }

        void send(int status, String type, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
            if (draining) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
            }
            response.write(true, ByteBuffer.wrap(bytes), callback);
        }
    }
}
