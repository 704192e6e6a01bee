package dev.skyhedge.cli.clouds;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The fake of a cloud, on a free loopback port, as a process that outlives whatever is killed. Something
/// answers for every running instance, at its own loopback address.
final class FakeCloudProcess implements AutoCloseable {
    /// Something that was rented.
    ///
    /// @param live whether it is there and billed
    /// @param id as the fake's orders name it
    /// @param zone as the cloud names it
    /// @param token of the launch
    record Entry(boolean live, String id, String region, String zone, String market, String token, String replica) {
        private static Entry parse(String line) {
            String[] words = line.split(" ");
            return new Entry(words[0].equals("live"), words[1], words[2], words[3], words[4], words[5], words[6]);
        }
    }

    private static final Path PROVIDERS = Path.of("../../providers").toAbsolutePath();
    private static final Pattern ENDPOINT = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final Pattern COUNTED = Pattern.compile("([\\w.]+)=(\\d+)");
    private static final long PATIENCE_SECONDS = 10;

    private final Cloud cloud;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final String endpoint;

    /// Starts it and waits until it listens.
    ///
    /// @param home the distribution, whose plugin has the libraries that the fake needs
    FakeCloudProcess(Cloud cloud, Path home, Path log) throws IOException {
        this.cloud = cloud;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(cloud, home),
                cloud.fakeClass()));
        command.addAll(cloud.fakeArguments());
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        String greeting = answer();
        Matcher address = ENDPOINT.matcher(greeting);
        if (!address.find()) {
            throw new IllegalStateException(cloud + " said " + greeting + "\n" + Files.readString(log));
        }
        endpoint = address.group();
        if (cloud == Cloud.AWS) {
            order("swift");
        }
    }

    private static String classPath(Cloud cloud, Path home) throws IOException {
        Path fakes = PROVIDERS.resolve(cloud.word()).resolve("target/test-classes");
        Path shared = PROVIDERS.resolve("cloud/target/test-classes");
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            Path logging = libraries
                    .filter(jar -> jar.getFileName().toString().startsWith("slf4j-api"))
                    .findFirst()
                    .orElseThrow();
            return String.join(
                    File.pathSeparator,
                    fakes.toString(),
                    shared.toString(),
                    home.resolve("plugins").resolve(cloud.word()).resolve("*").toString(),
                    logging.toString());
        }
    }

    Cloud cloud() {
        return cloud;
    }

    String endpoint() {
        return endpoint;
    }

    /// Everything that was ever rented.
    synchronized List<Entry> ledger() throws IOException {
        send("ledger");
        List<Entry> all = new ArrayList<>();
        for (String line = answer(); !line.equals("end"); line = answer()) {
            all.add(Entry.parse(line));
        }
        return all;
    }

    /// What is rented now.
    List<Entry> live() throws IOException {
        return ledger().stream().filter(Entry::live).toList();
    }

    /// Takes an instance back at once.
    void preempt(Entry entry) throws IOException {
        order("preempt", entry.id(), "0");
    }

    /// No more is to be had in a zone.
    void full(String zone) throws IOException {
        order("full", zone);
    }

    /// The account may have nothing in a region any more; what it has it keeps.
    void noQuota(String region) throws IOException {
        order("quota", region);
    }

    /// Every call is answered with HTTP 500.
    void down() throws IOException {
        order("down");
    }

    /// Calls are answered again.
    void up() throws IOException {
        order("up");
    }

    /// This user may do nothing.
    void deny() throws IOException {
        order("deny");
    }

    /// The network has no subnet in a region any more.
    void bare(String region) throws IOException {
        order("bare", region);
    }

    /// How often it was called since this was asked last, by the names of its calls.
    synchronized SortedMap<String, Integer> takeCalls() throws IOException {
        send("calls");
        SortedMap<String, Integer> calls = new TreeMap<>();
        Matcher counted = COUNTED.matcher(answer());
        while (counted.find()) {
            calls.put(counted.group(1), Integer.valueOf(counted.group(2)));
        }
        return calls;
    }

    private synchronized void order(String... words) throws IOException {
        send(String.join(" ", words));
        String answer = answer();
        if (answer.equals("no such order")) {
            throw new IllegalArgumentException(cloud + " does not know " + words[0]);
        }
    }

    private void send(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("The fake of " + cloud + " has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        // It ends with its input.
        orders.close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
