package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.Compute;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The fake on the wire. Verbs, paths, parameters and bodies are those of the API's published definition;
/// whatever that does not know is refused.
public final class ComputeFake implements AutoCloseable {
    /// The project that exists.
    public static final String PROJECT = "acme-ml";

    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_RECORDED = 20_000;
    private static final List<String> SERVICES = List.of(
            "Instances", "ZoneOperations", "GlobalOperations", "AcceleratorTypes", "MachineTypes", "Regions", "Zones");
    private static final List<String> METHODS =
            List.of("Insert", "Delete", "Get", "List", "AggregatedList", "GetSerialPortOutput", "Wait");

    private final FakeCompute cloud;
    private final FakeMethods methods;
    private final FakeRules rules;
    private final List<ApiMethod> routes = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new TreeMap<>();
    private final List<Recorded> recorded = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile boolean down;
    private Duration latency = Duration.ZERO;
    private double allowance;
    private Instant countedAt;

    /// Starts on a free port.
    public ComputeFake(FakeGeography geography, FakeRules rules, InstantSource clock) {
        this(geography, rules, clock, 0);
    }

    /// Starts on this port; 0 for a free one.
    public ComputeFake(FakeGeography geography, FakeRules rules, InstantSource clock, int port) {
        this.cloud = new FakeCompute(PROJECT, geography, rules, clock);
        this.methods = new FakeMethods(cloud);
        this.rules = rules;
        this.allowance = rules.callsPerSecond();
        this.countedAt = clock.instant();
        for (ServiceDescriptor service : Compute.getDescriptor().getServices()) {
            for (MethodDescriptor method : service.getMethods()) {
                boolean known = SERVICES.contains(service.getName()) && METHODS.contains(method.getName());
                if (known
                        && !(service.getName().equals("GlobalOperations")
                                && method.getName().equals("Delete"))) {
                    routes.add(new ApiMethod(method));
                }
            }
        }
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

    public FakeCompute cloud() {
        return cloud;
    }

    /// The next call of this method, such as `Instances.Insert`, has this fault; several are taken in order.
    public void fault(String method, Fault fault) {
        synchronized (faults) {
            faults.computeIfAbsent(method, key -> new ArrayDeque<>()).add(fault);
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

    /// Some calls of this method go well before one has this fault.
    public void faultAfter(String method, int good, Fault fault) {
        for (int i = 0; i < good; i++) {
            fault(method, new Fault.None());
        }
        fault(method, fault);
    }

    /// Every call takes this long in wall time.
    public void latency(Duration time) {
        latency = time;
    }

    /// All calls so far.
    public List<Recorded> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    /// How many calls of this method there were.
    public long calls(String method) {
        return recorded().stream().filter(one -> one.method().equals(method)).count();
    }

    /// Checks a reply against the definition.
    public void requireModelled(Recorded call) throws InvalidProtocolBufferException {
        ApiMethod route = routes.stream()
                .filter(one -> one.name().equals(call.method()))
                .findFirst()
                .orElseThrow();
        var _ = route.reply(call.reply());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            String path = exchange.getRequestURI().getRawPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            String text = new String(body, StandardCharsets.UTF_8);
            String verb = exchange.getRequestMethod();
            Optional<ApiMethod> route =
                    routes.stream().filter(one -> one.answers(verb, path)).findFirst();
            String method = route.map(ApiMethod::name).orElse("");
            Answer answer = answer(route, path, query, text);
            record(new Recorded(method, verb, path, query, text, answer.broken() ? 0 : answer.status(), answer.text()));
            waitLatency();
            if (answer.broken()) {
                return;
            }
            byte[] reply = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", answer.type());
            answer.retryAfter()
                    .ifPresent(
                            time -> exchange.getResponseHeaders().add("Retry-After", String.valueOf(time.toSeconds())));
            exchange.sendResponseHeaders(answer.status(), reply.length == 0 ? -1 : reply.length);
            exchange.getResponseBody().write(reply);
        }
    }

    private void waitLatency() {
        if (latency.isPositive()) {
            try {
                Thread.sleep(latency);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Answer answer(Optional<ApiMethod> route, String path, String query, String text) {
        try {
            if (route.isEmpty()) {
                return page(404);
            }
            if (down) {
                throw new Refusal(500, "internalError", "Internal error encountered.");
            }
            requireAllowance();
            return spoiled(take(route.get().name()), route.get(), path, query, text);
        } catch (Refusal refusal) {
            return Answer.json(refusal.status(), refusal.body());
        }
    }

    private Answer spoiled(Optional<Fault> fault, ApiMethod route, String path, String query, String text) {
        if (fault.isEmpty()) {
            return good(route, path, query, text, Optional.empty());
        }
        return switch (fault.get()) {
            case Fault.Refused(int status, String reason, String message) ->
                Answer.json(status, new Refusal(status, reason, message).body());
            case Fault.RefusedFor(int status, String reason, String message, Duration retryAfter) ->
                new Answer(
                        status,
                        "application/json; charset=UTF-8",
                        new Refusal(status, reason, message).body(),
                        Optional.of(retryAfter),
                        false);
            case Fault.None() -> good(route, path, query, text, Optional.empty());
            case Fault.ReplyLost() ->
                good(route, path, query, text, Optional.empty()).lost();
            case Fault.CallLost() -> Answer.json(200, "{}").lost();
            case Fault.PageAfterEffect(int status) -> {
                var _ = good(route, path, query, text, Optional.empty());
                yield page(status);
            }
            case Fault.Page(int status) -> page(status);
            case Fault.OperationFails fails -> good(route, path, query, text, Optional.of(fails));
        };
    }

    private Answer good(
            ApiMethod route, String path, String query, String text, Optional<Fault.OperationFails> planned) {
        return Answer.json(200, methods.answer(route.name(), route.read(path, query, text), planned));
    }

    private static Answer page(int status) {
        return new Answer(
                status,
                "text/html; charset=UTF-8",
                "<!DOCTYPE html><html><title>Error " + status + "</title><p>That's an error.</html>",
                Optional.empty(),
                false);
    }

    private Optional<Fault> take(String method) {
        synchronized (faults) {
            return Optional.ofNullable(faults.get(method)).map(Deque::poll);
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
            throw new Refusal(
                    403,
                    "rateLimitExceeded",
                    "Quota exceeded for quota group 'default' and limit 'Queries per 100 seconds' of service"
                            + " 'compute.googleapis.com'.");
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

    private record Answer(int status, String type, String text, Optional<Duration> retryAfter, boolean broken) {
        static Answer json(int status, String text) {
            return new Answer(status, "application/json; charset=UTF-8", text, Optional.empty(), false);
        }

        Answer lost() {
            return new Answer(status, type, text, retryAfter, true);
        }
    }
}
