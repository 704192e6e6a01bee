package dev.skyhedge.providers.azure.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;

/// The fake on the wire. Verbs, paths, parameters and versions are those of the API; whatever it does not know is
/// refused.
public final class AzureFake implements AutoCloseable {
    /// The subscription that exists.
    public static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";

    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_RECORDED = 20_000;
    private static final List<String> ALWAYS_PERMITTED = List.of("api-version", "p");

    private final FakeMachines cloud;
    private final Calls calls;
    private final FakeRules rules;
    private final Map<String, Deque<Fault>> faults = new TreeMap<>();
    private final List<Recorded> recorded = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile boolean down;
    private double allowance;
    private Instant countedAt;

    /// Starts on a free port.
    public AzureFake(FakeGeography geography, FakeRules rules, InstantSource clock) {
        this(geography, rules, clock, 0);
    }

    /// Starts on this port; 0 for a free one.
    public AzureFake(FakeGeography geography, FakeRules rules, InstantSource clock, int port) {
        this.cloud = new FakeMachines(geography, rules, clock);
        this.calls = new Calls(cloud, rules, SUBSCRIPTION);
        this.rules = rules;
        this.allowance = rules.callsPerSecond();
        this.countedAt = clock.instant();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public FakeMachines cloud() {
        return cloud;
    }

    /// The next call of this name, such as `VirtualMachines.Delete`, has this fault; several are taken in order.
    public void fault(String name, Fault fault) {
        synchronized (faults) {
            faults.computeIfAbsent(name, key -> new ArrayDeque<>()).add(fault);
        }
    }

    /// Nothing goes wrong from now on.
    public void noFaults() {
        synchronized (faults) {
            faults.clear();
        }
    }

    /// Every call is answered with HTTP 500 without an effect, or none is any more.
    public void down(boolean whole) {
        down = whole;
    }

    /// Some calls of this name go well before one has this fault.
    public void faultAfter(String name, int good, Fault fault) {
        for (int i = 0; i < good; i++) {
            fault(name, new Fault.None());
        }
        fault(name, fault);
    }

    /// All calls so far.
    public List<Recorded> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    /// How many calls of this name there were.
    public long calls(String name) {
        return recorded().stream().filter(one -> one.method().equals(name)).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            String verb = exchange.getRequestMethod();
            Optional<Route> route =
                    Route.ALL.stream().filter(one -> one.answers(verb, path)).findFirst();
            Reply reply = reply(route, exchange, path, query, body);
            record(new Recorded(
                    route.map(Route::name).orElse(""),
                    verb,
                    path,
                    query,
                    body,
                    reply.broken() ? 0 : reply.status(),
                    reply.text()));
            if (reply.broken()) {
                return;
            }
            byte[] bytes = reply.text().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.getResponseHeaders()
                    .add("x-ms-request-id", "request-" + recorded().size());
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(Optional<Route> route, HttpExchange exchange, String path, String query, String body) {
        try {
            if (down) {
                throw new Refusal(500, "InternalServerError", "Encountered internal server error.");
            }
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                throw new Refusal(
                        401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
            }
            Calls.Asked asked = asked(route, exchange, path, query, body);
            requireAllowance();
            return spoiled(take(asked.name()), asked);
        } catch (Refusal refusal) {
            Reply reply = Reply.refusal(refusal);
            return refusal.status() == 429
                    ? reply.with("Retry-After", "1")
                            .with("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/PutVM3Min;0")
                    : reply;
        }
    }

    private Calls.Asked asked(Optional<Route> known, HttpExchange exchange, String path, String query, String body) {
        Route route = known.orElseThrow(() ->
                new Refusal(404, "InvalidResourceType", "The resource type could not be found at '" + path + "'."));
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        String version = parameters.getOrDefault("api-version", "");
        if (!route.versions().contains(version)) {
            throw new Refusal(
                    400,
                    version.isEmpty() ? "MissingApiVersionParameter" : "InvalidResourceType",
                    "The api-version '" + version + "' is not supported. Supported are " + route.versions() + ".");
        }
        for (String name : parameters.keySet()) {
            if (!ALWAYS_PERMITTED.contains(name) && !route.parameters().contains(name)) {
                throw new Refusal(400, "InvalidParameter", "The query parameter '" + name + "' is not known.");
            }
        }
        Matcher parts = route.path().matcher(path);
        if (!parts.matches() || parts.groupCount() > 0 && !parts.group(1).equalsIgnoreCase(SUBSCRIPTION)) {
            throw new Refusal(404, "SubscriptionNotFound", "The subscription could not be found.");
        }
        List<String> about = new ArrayList<>();
        for (int i = 2; i <= parts.groupCount(); i++) {
            about.add(parts.group(i));
        }
        boolean onlyNew = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        return new Calls.Asked(route.name(), about, parameters, body, onlyNew, endpoint(), endpoint() + path);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private Reply spoiled(Optional<Fault> fault, Calls.Asked asked) {
        if (fault.isEmpty()) {
            return calls.answer(asked, Optional.empty());
        }
        return switch (fault.get()) {
            case Fault.None() -> calls.answer(asked, Optional.empty());
            case Fault.Refused(int status, String code, String message) ->
                Reply.refusal(new Refusal(status, code, message));
            case Fault.RefusedFor(int status, String code, String message, Duration retryAfter) ->
                Reply.refusal(new Refusal(status, code, message))
                        .with("Retry-After", String.valueOf(retryAfter.toSeconds()));
            case Fault.ReplyLost() -> calls.answer(asked, Optional.empty()).lost();
            case Fault.CallLost() -> Reply.empty(200).lost();
            case Fault.PageAfterEffect(int status) -> {
                var unused = calls.answer(asked, Optional.empty());
                yield Reply.page(status);
            }
            case Fault.Page(int status) -> Reply.page(status);
            case Fault.OperationFails(String code, String message) ->
                calls.answer(asked, Optional.of(new Refusal(200, code, message)));
        };
    }

    private Optional<Fault> take(String name) {
        synchronized (faults) {
            return Optional.ofNullable(faults.get(name)).map(Deque::poll);
        }
    }

    private synchronized void requireAllowance() {
        if (rules.callsPerSecond() == 0) {
            return;
        }
        Instant now = cloud.clock().instant();
        double earned = Duration.between(countedAt, now).toMillis() * rules.callsPerSecond() / 1_000.0;
        allowance = Math.min(rules.callsPerSecond(), allowance + earned);
        countedAt = now;
        if (allowance < 1) {
            throw new Refusal(429, "TooManyRequests", "{\"operationGroup\":\"HighCostGet3Min\"}");
        }
        allowance--;
    }

    private void record(Recorded call) {
        synchronized (recorded) {
            if (recorded.size() < MAX_RECORDED) {
                recorded.add(call);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
