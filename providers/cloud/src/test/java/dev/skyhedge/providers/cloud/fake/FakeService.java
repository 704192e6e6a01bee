package dev.skyhedge.providers.cloud.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A cloud's API on a loopback port: takes calls, spoils those that a test wants spoiled, and keeps a
/// record. What a call means is the subclass's. Calls have names such as `Instances.Insert`.
public abstract class FakeService implements AutoCloseable, Orders.Operated {
    private static final int MAX_RECORDED = 20_000;

    private final InstantSource clock;
    private final Allowance allowance;
    private final Map<String, Deque<Fault>> faults = new TreeMap<>();
    private final Map<String, UnaryOperator<String>> changes = new TreeMap<>();
    private final List<Recorded> recorded = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean down;

    /// Takes the port; calls are answered from [#start] on.
    ///
    /// @param callsPerSecond calls before they are too many; 0 for no limit
    /// @param port 0 for a free one
    protected FakeService(InstantSource clock, int callsPerSecond, int port) {
        this.clock = clock;
        this.allowance = new Allowance(callsPerSecond, clock.instant());
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /// Begins to answer; the last thing that a subclass's constructor does.
    protected final void start() {
        server.start();
    }

    /// What a call does when nothing goes wrong.
    @FunctionalInterface
    protected interface Effect {
        /// @param planned how its operation is to fail; empty if it is not
        /// @throws Refusal if the API refuses it
        Reply take(Optional<Fault.OperationFails> planned);
    }

    /// The call's name; empty if the API has no such call.
    protected abstract String nameOf(HttpCall call);

    /// What the call would do; empty if nothing is found at such an address.
    ///
    /// @throws Refusal if the API refuses it for its form
    protected abstract Optional<Effect> effectOf(HttpCall call);

    /// The answer that refuses a call.
    protected abstract Reply refused(Refusal refusal);

    /// The answer to one call too many.
    protected abstract Reply tooMany();

    /// How the API says that something is wrong with itself.
    protected abstract Refusal internalError();

    /// A page for people, as something between us and the cloud sends it.
    protected abstract Reply page(int status);

    /// An answer with what the API adds to every one.
    ///
    /// @param number counts the calls, from 1
    protected Reply signed(Reply reply, int number) {
        return reply;
    }

    public final String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The next call of this name has this fault; several are taken in order.
    public final void fault(String name, Fault fault) {
        synchronized (faults) {
            faults.computeIfAbsent(name, key -> new ArrayDeque<>()).add(fault);
        }
    }

    /// The next calls of this name, so many of them, have this fault.
    public final void faults(String name, int count, Fault fault) {
        for (int i = 0; i < count; i++) {
            fault(name, fault);
        }
    }

    /// Some calls of this name go well before one has this fault.
    public final void faultAfter(String name, int good, Fault fault) {
        faults(name, good, new Fault.None());
        fault(name, fault);
    }

    /// Every good answer to calls of this name has another body from now on.
    public final void change(String name, UnaryOperator<String> body) {
        synchronized (faults) {
            changes.put(name, body);
        }
    }

    /// Nothing goes wrong from now on.
    public final void noFaults() {
        synchronized (faults) {
            faults.clear();
            changes.clear();
        }
    }

    @Override
    public final void down(boolean whole) {
        down = whole;
    }

    /// Every call takes this long in wall time.
    public final void latency(Duration time) {
        latency = time;
    }

    /// All calls so far.
    public final List<Recorded> recorded() {
        synchronized (recorded) {
            return List.copyOf(recorded);
        }
    }

    /// All calls so far, which are forgotten.
    public final List<Recorded> takeRecorded() {
        synchronized (recorded) {
            List<Recorded> all = List.copyOf(recorded);
            recorded.clear();
            return all;
        }
    }

    @Override
    public final Map<String, Long> takeCalls() {
        return takeRecorded().stream().collect(Collectors.groupingBy(Recorded::method, Collectors.counting()));
    }

    /// The calls of this name so far.
    public final List<Recorded> recorded(String name) {
        return recorded().stream().filter(one -> one.method().equals(name)).toList();
    }

    /// How many calls of this name there were.
    public final long calls(String name) {
        return recorded(name).size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpCall call = HttpCall.read(exchange);
            String name = nameOf(call);
            Reply plain = changed(name, reply(name, call));
            int number = record(new Recorded(
                    name,
                    call.verb(),
                    call.rawPath(),
                    call.query(),
                    call.body(),
                    plain.broken() ? 0 : plain.status(),
                    plain.text()));
            Latency.pass(latency);
            if (plain.broken()) {
                return;
            }
            Reply reply = signed(plain, number);
            byte[] bytes = reply.text().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(String name, HttpCall call) {
        try {
            if (down) {
                return refused(internalError());
            }
            Optional<Effect> effect = effectOf(call);
            if (effect.isEmpty()) {
                return page(404);
            }
            return allowance.take(clock.instant()) ? spoiled(take(name), effect.get()) : tooMany();
        } catch (Refusal refusal) {
            return refused(refusal);
        }
    }

    private Reply spoiled(Optional<Fault> fault, Effect effect) {
        if (fault.isEmpty()) {
            return effect.take(Optional.empty());
        }
        return switch (fault.get()) {
            case Fault.None() -> effect.take(Optional.empty());
            case Fault.Refused(int status, String code, String message) -> refused(new Refusal(status, code, message));
            case Fault.RefusedFor(int status, String code, String message, Duration retryAfter) ->
                refused(new Refusal(status, code, message)).with("Retry-After", String.valueOf(retryAfter.toSeconds()));
            case Fault.ReplyLost() -> effect.take(Optional.empty()).lost();
            case Fault.CallLost() -> Reply.empty(200).lost();
            case Fault.PageAfterEffect(int status) -> {
                var unused = effect.take(Optional.empty());
                yield page(status);
            }
            case Fault.Page(int status) -> page(status);
            case Fault.Canned(int status, String body) -> Reply.of(status, "application/json", body);
            case Fault.OperationFails fails -> effect.take(Optional.of(fails));
        };
    }

    private Optional<Fault> take(String name) {
        synchronized (faults) {
            return Optional.ofNullable(faults.get(name)).map(Deque::poll);
        }
    }

    private Reply changed(String name, Reply reply) {
        UnaryOperator<String> change;
        synchronized (faults) {
            change = changes.getOrDefault(name, UnaryOperator.identity());
        }
        return reply.status() >= 300 || reply.text().isEmpty() ? reply : reply.saying(change.apply(reply.text()));
    }

    private int record(Recorded call) {
        synchronized (recorded) {
            if (recorded.size() < MAX_RECORDED) {
                recorded.add(call);
            }
            return recorded.size();
        }
    }

    @Override
    public final void close() {
        server.stop(0);
        threads.close();
    }
}
