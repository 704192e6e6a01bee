package dev.skyhedge.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.metrics.Exposition;
import dev.skyhedge.state.records.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The paths of the console.
final class ConsoleHandler extends Handler.Abstract {
    /// Largest declared request body, in bytes. Only notices are read at all, and those are smaller.
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int MAX_READING_STATE = 4;
    private static final Duration STATE_PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> READS_STATE = Set.of("/api/status", "/api/events");

    static final int DEFAULT_EVENTS = 100;
    static final int MAX_EVENTS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleHandler.class);
    private static final String READ = "GET, HEAD";
    private static final String PATHS =
            "/, /healthz, /readyz, /metrics, /api/status, /api/events, POST /api/reconcile, POST /v1/notices, "
                    + LiveApi.PATHS;

    /// Whoever asks whether the process lives needs no token; nor does the page, which asks for it.
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz", NoticeDesk.PATH);

    private final ConsoleSources sources;
    private final Optional<PageHandler> page;
    private final Access access;
    private final Semaphore readingState = new Semaphore(MAX_READING_STATE);
    private final HostCheck hosts;
    private final Predicate<Request> isNoticePort;

    /// @param isNoticePort whether a request came by the port that takes notices only
    ConsoleHandler(
            ConsoleSources sources,
            Optional<PageHandler> page,
            Access access,
            HostCheck hosts,
            Predicate<Request> isNoticePort) {
        this.sources = sources;
        this.page = page;
        this.access = access;
        this.hosts = hosts;
        this.isNoticePort = isNoticePort;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ConsoleConnector.begun(request);
        var answered = new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                ConsoleConnector.ended(request);
                super.succeeded();
            }
        };
        Optional<Answer> refusal = refused(request);
        if (refusal.isEmpty() && isNotice(request) && sources.notices().isPresent()) {
            sources.notices().get().take(request, answer -> answer.send(response, answered));
        } else if (refusal.isEmpty() && isOfThePage(request)) {
            page.orElseThrow().handle(request, response, answered);
        } else if (refusal.isEmpty() && readsState(request)) {
            Thread.ofVirtual()
                    .name("console-state")
                    .start(() -> answerOrFailure(request).send(response, answered));
        } else {
            refusal.orElseGet(() -> answerOrFailure(request)).send(response, answered);
        }
        return true;
    }

    /// Its files and its stream, which need no answer from the state.
    private boolean isOfThePage(Request request) {
        return page.isPresent() && isRead(request) && PageHandler.handles(Request.getPathInContext(request));
    }

    private static boolean isRead(Request request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean readsState(Request request) {
        String path = Request.getPathInContext(request);
        return READS_STATE.contains(path) || path.startsWith(LiveApi.PREFIX) && !path.equals(NoticeDesk.PATH);
    }

    private static boolean isNotice(Request request) {
        return Request.getPathInContext(request).equals(NoticeDesk.PATH)
                && request.getMethod().equals("POST");
    }

    private Answer answerOrFailure(Request request) {
        try {
            return answer(request);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
            return Answer.error(500, "internal_error", "The console failed; see its log.");
        }
    }

    /// What reads the state may have to wait for it, on threads that serve nothing else.
    private Answer fromState(Supplier<Answer> answer) {
        try {
            if (!readingState.tryAcquire(STATE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Answer.error(503, "busy", "The state does not answer, or too many ask for it; ask again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, "stopping", "The console is closed.");
        }
        try {
            return answer.get();
        } finally {
            readingState.release();
        }
    }

    private Optional<Answer> refused(Request request) {
        HttpURI uri = request.getHttpURI();
        boolean isNotice = Request.getPathInContext(request).equals(NoticeDesk.PATH);
        if (isNoticePort.test(request) && !isNotice) {
            return Optional.of(Answer.error(404, "not_found", "This port takes notices only: POST " + NoticeDesk.PATH));
        }
        // A notice proves its right by itself, and instances come by whatever name they can reach.
        if (!isNotice && !hosts.permits(uri.getHost())) {
            return Optional.of(Answer.error(421, "wrong_host", "This console is not called that; use its address."));
        }
        String path = Request.getPathInContext(request);
        if (!OPEN.contains(path) && !Assets.has(path) && !access.permits(request)) {
            return Optional.of(
                    Answer.error(401, "no_token", "Send the console's token as `Authorization: Bearer ...`."));
        }
        if (path.startsWith(LiveApi.PREFIX) && !isNotice && isOfAnotherSite(request)) {
            return Optional.of(Answer.error(403, "foreign_origin", "Other web pages may not do that."));
        }
        if (request.getLength() > MAX_BODY_BYTES) {
            String message = "A request body may have " + MAX_BODY_BYTES + " bytes.";
            return Optional.of(Answer.error(413, "body_too_large", message).andClose());
        }
        return Optional.empty();
    }

    private Answer answer(Request request) {
        return switch (Request.getPathInContext(request)) {
            case "/healthz" -> read(request, () -> Answer.json(200, status("ok")));
            case "/readyz" -> read(request, this::readiness);
            case "/metrics" -> read(request, this::metrics);
            case "/api/status" ->
                read(
                        request,
                        () -> fromState(() -> Answer.json(200, sources.status().get())));
            case "/api/events" -> read(request, () -> fromState(() -> events(request)));
            case "/api/reconcile" -> reconcile(request);
            case NoticeDesk.PATH -> noticesNobodyTakes(request);
            default ->
                page.isPresent() && readsState(request)
                        ? read(request, () -> fromState(() -> page.get().answer(request)))
                        : Answer.error(404, "not_found", "There is nothing at this path. There is: " + PATHS + ".");
        };
    }

    private static Answer read(Request request, Supplier<Answer> answer) {
        return switch (request.getMethod()) {
            case "GET", "HEAD" -> answer.get();
            default -> Answer.methodNotAllowed(READ);
        };
    }

    private Answer readiness() {
        Readiness readiness = sources.readiness().get();
        ObjectNode body = status(readiness.isReady() ? "ready" : "not_ready");
        ArrayNode missing = body.putArray("missing");
        readiness.missing().forEach(missing::add);
        return Answer.json(readiness.isReady() ? 200 : 503, body);
    }

    private Answer metrics() {
        return Answer.text(
                Exposition.CONTENT_TYPE, Exposition.text(sources.metrics().get()));
    }

    private Answer events(Request request) {
        String limit = Request.extractQueryParameters(request).getValue("limit");
        if (limit == null) {
            return events(DEFAULT_EVENTS);
        }
        // Four digits at most: nothing to overflow.
        if (limit.matches("[0-9]{1,4}") && Integer.parseInt(limit) >= 1 && Integer.parseInt(limit) <= MAX_EVENTS) {
            return events(Integer.parseInt(limit));
        }
        return Answer.error(400, "invalid_limit", "The limit is a number from 1 to " + MAX_EVENTS + ".");
    }

    private Answer events(int limit) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode list = body.putArray("events");
        for (Event event : sources.events().apply(limit)) {
            list.addObject()
                    .put("at", event.at().toString())
                    .put("service", event.service())
                    .put("replica", event.replica())
                    .put("kind", event.kind())
                    .put("message", event.message());
        }
        return Answer.json(200, body);
    }

    private Answer reconcile(Request request) {
        if (!request.getMethod().equals("POST")) {
            return Answer.methodNotAllowed("POST");
        }
        if (isForeign(request)) {
            return Answer.error(403, "foreign_origin", "Other web pages may not do that.");
        }
        sources.reconcile().run();
        return Answer.json(202, status("woken"));
    }

    private static Answer noticesNobodyTakes(Request request) {
        return request.getMethod().equals("POST")
                ? Answer.error(404, "not_found", "Nobody takes notices here; start `skyhedge watch` with -notices-url.")
                : Answer.methodNotAllowed("POST");
    }

    /// Browsers say so.
    private static boolean isOfAnotherSite(Request request) {
        @Nullable String site = request.getHeaders().get("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /// A browser adds the origin of the page that sends; programs send none.
    private static boolean isForeign(Request request) {
        @Nullable String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        HttpURI uri = request.getHttpURI();
        return origin != null && !origin.equals(uri.getScheme() + "://" + uri.getAuthority());
    }

    private static ObjectNode status(String word) {
        return JsonNodeFactory.instance.objectNode().put("status", word);
    }
}
