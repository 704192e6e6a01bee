package dev.skyhedge.balancer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// CPU per request of the balancer, next to HAProxy and to no proxy at all, in the same minute on the same machine.
///
/// One event loop plays 64 clients with kept connections, another the replica (both in this process); each proxy
/// runs in a process of its own, of which the CPU time of all threads is read. The rounds alternate, the medians
/// count. What says something is the ratio of the CPU per request: clients and replica take their share of the
/// cores from the proxies, so that requests per second flatter the slow ones. Not part of the tests:
/// `bench/balancer.sh` at the root runs it in less than a minute.
public final class BalancerBenchmark {
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 4;
    private static final Duration ROUND = Duration.ofMillis(1_500);
    private static final int WARM_REQUESTS = 200_000;
    private static final Duration MAX_WARM_UP = Duration.ofSeconds(20);
    private static final double MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every Linux that matters
    private static final int STARTING_SECONDS = 10;

    private BalancerBenchmark() {}

    /// @param process of the proxy; this one for `direct`
    private record Candidate(String name, int port, ProcessHandle process) {}

    private record Round(double cpuMicros, double requestsPerSecond) {}

    public static void main(String[] args) throws Exception {
        if (args.length == 1) {
            serve(Integer.parseInt(args[0]));
            return;
        }
        var started = new ArrayList<Process>();
        try (var replica = new BenchmarkReplica()) {
            var candidates = new ArrayList<Candidate>();
            candidates.add(new Candidate("direct", replica.port(), ProcessHandle.current()));
            haproxy(replica.port(), started)
                    .ifPresentOrElse(
                            candidates::add,
                            () -> System.out.println(
                                    "haproxy is not installed (apt install haproxy): its part is skipped"));
            candidates.add(balancer(replica.port(), started));
            warmUp(candidates);
            report(measure(candidates));
        } finally {
            started.forEach(Process::destroy);
        }
    }

    private static void warmUp(List<Candidate> candidates) throws IOException {
        for (Candidate candidate : candidates) {
            BenchmarkClients.run(candidate.port, CONNECTIONS, WARM_REQUESTS, MAX_WARM_UP);
        }
    }

    private static Map<String, List<Round>> measure(List<Candidate> candidates) throws IOException {
        var rounds = new LinkedHashMap<String, List<Round>>();
        for (int i = 0; i < ROUNDS; i++) {
            for (Candidate candidate : candidates) {
                long ticks = ticks(candidate.process);
                long begun = System.nanoTime();
                long requests = BenchmarkClients.run(candidate.port, CONNECTIONS, Long.MAX_VALUE, ROUND);
                double seconds = (System.nanoTime() - begun) / 1e9;
                double micros = (ticks(candidate.process) - ticks) * MICROS_PER_TICK;
                rounds.computeIfAbsent(candidate.name, name -> new ArrayList<>())
                        .add(new Round(micros / requests, requests / seconds));
            }
        }
        return rounds;
    }

    private static void report(Map<String, List<Round>> rounds) {
        System.out.printf("%-10s %18s %12s %12s%n", "", "CPU us/request", "best", "requests/s");
        rounds.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-10s %18.1f %12.1f %12.0f%s%n",
                name,
                cpu(all),
                all.stream().mapToDouble(Round::cpuMicros).min().orElseThrow(),
                median(all.stream().mapToDouble(Round::requestsPerSecond).toArray()),
                name.equals("direct") ? "   (clients and replica together)" : ""));
        List<Round> haproxy = rounds.get("haproxy");
        List<Round> balancer = rounds.get("balancer");
        List<Round> direct = rounds.get("direct");
        if (haproxy != null && balancer != null) {
            System.out.printf(Locale.ROOT, "balancer / haproxy: %.2f%n", cpu(balancer) / cpu(haproxy));
        }
        if (balancer != null && direct != null) {
            System.out.printf(Locale.ROOT, "balancer / direct:  %.2f%n", cpu(balancer) / cpu(direct));
        }
    }

    private static double cpu(List<Round> rounds) {
        return median(rounds.stream().mapToDouble(Round::cpuMicros).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /// User and system time of all threads of a process.
    private static long ticks(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /// In the process of the balancer: says its port and serves until nobody holds its input any more.
    private static void serve(int replicaPort) throws IOException {
        try (var balancer =
                new Balancer(BalancerSettings.defaults(), signal -> {}, InstantSource.system(), new Random(1))) {
            balancer.start();
            balancer.route(RoutingTable.of(1, "bench", Target.ready("a", 1, "127.0.0.1", replicaPort)));
            System.out.println(balancer.port());
            System.in.transferTo(System.err);
            balancer.stop(Duration.ZERO);
        }
    }

    private static Candidate balancer(int replicaPort, List<Process> started) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BalancerBenchmark.class.getName(),
                        Integer.toString(replicaPort))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        started.add(process);
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new Candidate("balancer", Integer.parseInt(output.readLine()), process.toHandle());
    }

    private static Optional<Candidate> haproxy(int replicaPort, List<Process> started)
            throws IOException, InterruptedException {
        Path binary = Path.of("/usr/sbin/haproxy");
        if (!Files.isExecutable(binary)) {
            return Optional.empty();
        }
        int port = freePort();
        Path configuration = Files.createTempFile("haproxy", ".cfg");
        configuration.toFile().deleteOnExit();
        Files.writeString(configuration, """
                global
                    nbthread 1
                    maxconn 1000
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 60s
                    timeout server 60s
                    option forwardfor
                    http-reuse always
                    unique-id-format %%{+X}o%%ci%%cp%%Ts%%rt
                    unique-id-header X-Request-Id
                frontend f
                    bind 127.0.0.1:%d
                    default_backend b
                backend b
                    balance leastconn
                    server a 127.0.0.1:%d
                """.formatted(port, replicaPort));
        Process process = new ProcessBuilder(binary.toString(), "-db", "-f", configuration.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        awaitListening(port);
        return Optional.of(new Candidate("haproxy", port, process.toHandle()));
    }

    private static void awaitListening(int port) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTING_SECONDS);
        while (!accepts(port)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("nothing listens on port " + port);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static boolean accepts(int port) {
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
