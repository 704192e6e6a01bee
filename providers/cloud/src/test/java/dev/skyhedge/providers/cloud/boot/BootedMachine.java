package dev.skyhedge.providers.cloud.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Entrance;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.NoticeAddress;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Runs a boot script as a machine would: in a directory instead of a system, against fakes of the metadata
/// service and of the server that takes notices.
final class BootedMachine implements AutoCloseable {
    static final String AUTHORIZATION = "HMAC-SHA256 c2VjcmV0";
    static final String SECRET = "it's \"quoted\"\nand $HOME `id`";
    private static final long PATIENCE_SECONDS = 20;

    /// A notice as it arrived.
    record Notice(String authorization, String body) {}

    final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
    final AtomicInteger refusals = new AtomicInteger();
    final Path directory;
    private final HttpServer server;
    private final HttpServer metadata;
    private final int port;

    BootedMachine(Path directory, Map<String, Handler> metadataPaths) throws IOException {
        this.directory = directory;
        // What is in front of a workload has the first, and the workload the other.
        this.port = TestPorts.inARow(2);
        this.metadata = start();
        metadataPaths.forEach((path, handler) -> metadata.createContext(path, exchange -> {
            Answer answer = handler.answer(exchange);
            send(exchange, answer);
        }));
        this.server = start();
        server.createContext("/v1/notices", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (refusals.getAndDecrement() > 0) {
                send(exchange, new Answer(503, ""));
                return;
            }
            notices.add(new Notice(exchange.getRequestHeaders().getFirst("Authorization"), body));
            send(exchange, new Answer(204, ""));
        });
    }

    /// A metadata service's answer.
    record Answer(int status, String body, Map<String, String> headers) {
        Answer(int status, String body) {
            this(status, body, Map.of());
        }
    }

    /// Answers one path of the metadata service.
    interface Handler {
        Answer answer(HttpExchange exchange) throws IOException;
    }

    LaunchRequest request(Optional<String> image, List<String> command) {
        return request(image, command, Optional.empty());
    }

    LaunchRequest request(Optional<String> image, List<String> command, Optional<Entrance> entrance) {
        var token = new IdempotencyToken("sabcdefgh2345");
        var environment = new LinkedHashMap<String, String>();
        environment.put("API_KEY", SECRET);
        return new LaunchRequest(
                new Offer(
                        "g6.xlarge",
                        Accelerator.parse("L4"),
                        Location.parse("aws/us-east-1/us-east-1a"),
                        Market.SPOT,
                        HourlyPrice.ofUsd("0.3")),
                new InstanceTags("0123", "chat", "chat-1", 1, token),
                new Workload(image, command, port, environment, entrance),
                OptionalInt.empty(),
                Optional.of(new NoticeAddress(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/notices"),
                        AUTHORIZATION)));
    }

    /// Boots with a workload that listens on its port and writes what it was given.
    void boot(MetadataService service) throws Exception {
        Path program = Files.writeString(directory.resolve("listen.py"), """
                import os, socket, sys
                open('seen', 'w').write(os.environ['API_KEY'] + '|' + '|'.join(sys.argv[1:]))
                s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                s.bind(('127.0.0.1', int(os.environ['PORT']))); s.listen()
                while True:
                    c, _ = s.accept(); c.close()
                """);
        boot(service, List.of("python3", program.toString(), "a b", "it's"));
    }

    void boot(MetadataService service, List<String> command) throws Exception {
        boot(service, request(Optional.empty(), command));
    }

    void boot(MetadataService service, LaunchRequest request) throws Exception {
        Outcome<String> script = BootScript.write(
                request,
                service,
                Optional.of(
                        URI.create("http://127.0.0.1:" + metadata.getAddress().getPort() + "/")),
                false);
        Path file = Files.writeString(directory.resolve("user-data"), ((Outcome.Done<String>) script).value());
        var builder = new ProcessBuilder("sh", file.toString());
        builder.environment().put("SKYHEDGE_DIR", directory.toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, first) -> first + ":" + path);
        builder.environment().put("POLL", "1");
        builder.environment().put("RETRY", "0.1");
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("boot.log").toFile());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("The boot script failed: " + Files.readString(directory.resolve("boot.log")));
        }
        awaitStart();
    }

    /// The script starts the workload and does not wait for it.
    private void awaitStart() {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!read("workload.pid").endsWith("\n")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The workload did not start: " + read("workload.log"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /// The next notice that is of this kind; others before it are dropped.
    Notice awaitNotice(String kind) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (true) {
            Notice notice = notices.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (notice == null) {
                throw new AssertionError("No notice " + kind + " came; agent: " + read("agent.log") + "; workload: "
                        + read("workload.log"));
            }
            if (notice.body().contains("\"kind\":\"" + kind + "\"")) {
                return notice;
            }
        }
    }

    String read(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            return "(no " + name + ")";
        }
    }

    void kill(String name) {
        pid(name).ifPresent(ProcessHandle::destroy);
    }

    int port() {
        return port;
    }

    private Optional<ProcessHandle> pid(String name) {
        try {
            return ProcessHandle.of(Long.parseLong(read(name).strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        for (String name : List.of("agent.pid", "workload.pid")) {
            pid(name).ifPresent(process -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            });
        }
        server.stop(0);
        metadata.stop(0);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static HttpServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }
}
