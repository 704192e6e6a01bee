package dev.skyhedge.weights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A node as a process: `manifest DIRECTORY FILE` describes a model, `run` gets and sends one. The token
/// is read from a file, so that no list of processes shows it; it is never printed.
public final class Main {
    private static final String USAGE = """
            usage: manifest DIRECTORY FILE [--chunk-bytes N]
                   run --id SHA256 --directory DIRECTORY --token-file FILE [--manifest FILE]
                       [--listen HOST:PORT] [--ancestors HOST:PORT,...] [--origin URL] [--epoch N]
                       [--link-bits N] [--edge-bits N]
            `run` listens on the loopback address unless told. Its standard input takes
            `plan EPOCH HOST:PORT,...` (- for none), `drain` and `stop`.""";
    private static final Set<String> OPTIONS = Set.of(
            "--id",
            "--directory",
            "--token-file",
            "--manifest",
            "--listen",
            "--ancestors",
            "--origin",
            "--epoch",
            "--link-bits",
            "--edge-bits",
            "--chunk-bytes");
    private static final long MAX_TOKEN_BYTES = 4096;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        int status = run(arguments, System.out, System.err);
        System.exit(status);
    }

    private static int run(String[] arguments, PrintStream out, PrintStream errors) throws InterruptedException {
        try {
            List<String> names = new ArrayList<>();
            Map<String, String> options = options(arguments, names);
            if (names.equals(List.of("run"))) {
                return node(options, out);
            }
            if (names.size() == 3 && names.getFirst().equals("manifest")) {
                int chunk = Integer.parseInt(options.getOrDefault("--chunk-bytes", "4194304"));
                Manifest manifest = ModelDirectory.manifest(Path.of(names.get(1)), chunk);
                Files.write(Path.of(names.get(2)), manifest.encoded());
                out.println("id=" + manifest.id() + " bytes=" + manifest.size() + " chunks="
                        + manifest.chunks().size());
                return 0;
            }
            errors.println(USAGE);
            return 2;
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage() + "\n" + USAGE);
            return 2;
        } catch (IOException e) {
            errors.println(e);
            return 1;
        }
    }

    private static Map<String, String> options(String[] arguments, List<String> names) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                names.add(arguments[i]);
            } else if (OPTIONS.contains(arguments[i]) && i + 1 < arguments.length) {
                options.put(arguments[i], arguments[++i]);
            } else {
                throw new IllegalArgumentException(arguments[i] + " is unknown, or lacks its value");
            }
        }
        return options;
    }

    private static int node(Map<String, String> given, PrintStream out) throws IOException, InterruptedException {
        NodePlan plan = new NodePlan(
                Long.parseLong(given.getOrDefault("--epoch", "1")),
                addresses(given.getOrDefault("--ancestors", "-")),
                rate(given, "--edge-bits"));
        try (Node node = new Node(options(given), plan, NodeLimits.STANDARD, event -> print(out, event))) {
            Thread orders = Thread.ofVirtual().start(() -> obey(node, plan, out));
            boolean whole = node.run();
            if (whole) {
                // Until it is told to stop, or ended.
                orders.join();
                Thread.currentThread().join();
            }
            return whole ? 0 : 1;
        }
    }

    private static void print(PrintStream out, NodeEvent event) {
        out.println(event.text());
        out.flush();
    }

    private static NodeOptions options(Map<String, String> given) throws IOException {
        Optional<Manifest> manifest = Optional.empty();
        if (given.containsKey("--manifest")) {
            Path file = Path.of(given.get("--manifest"));
            if (Files.size(file) > Manifest.MAX_ENCODED_BYTES) {
                throw new InvalidInput(file + " is too large to be a manifest");
            }
            manifest = Optional.of(Manifest.decoded(Files.readAllBytes(file)));
        }
        return new NodeOptions(
                Digest.parse(required(given, "--id")),
                manifest,
                Path.of(required(given, "--directory")),
                address(given.getOrDefault("--listen", "127.0.0.1:0")),
                Optional.ofNullable(given.get("--origin")).map(URI::create),
                token(Path.of(required(given, "--token-file"))),
                rate(given, "--link-bits"));
    }

    private static byte[] token(Path file) throws IOException {
        if (Files.size(file) > MAX_TOKEN_BYTES) {
            throw new InvalidInput(file + " is too large to be a token");
        }
        byte[] token = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        if (token.length < Handshake.MIN_TOKEN_BYTES) {
            throw new InvalidInput(file + ": a token has " + Handshake.MIN_TOKEN_BYTES + " bytes or more");
        }
        return token;
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static double rate(Map<String, String> given, String name) {
        double rate = given.containsKey(name) ? Double.parseDouble(given.get(name)) : Double.POSITIVE_INFINITY;
        if (!(rate > 0)) {
            throw new IllegalArgumentException(name + " has to be positive");
        }
        return rate;
    }

    private static List<InetSocketAddress> addresses(String text) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        if (!text.equals("-")) {
            for (String address : text.split(",", -1)) {
                addresses.add(address(address));
            }
        }
        return addresses;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(text + " is not HOST:PORT");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /// Orders, a line each, until the input ends.
    private static void obey(Node node, NodePlan first, PrintStream out) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.strip().split(" +");
                switch (words[0]) {
                    case "plan" -> out.println(plan(node, first, words));
                    case "drain" -> node.drain();
                    case "stop" -> System.exit(0);
                    default -> out.println("unknown order: " + words[0]);
                }
            }
        } catch (IOException e) {
            out.println("no more orders: " + e.getMessage());
        }
    }

    private static String plan(Node node, NodePlan first, String[] words) {
        try {
            if (words.length != 3) {
                return "rejected: plan EPOCH HOST:PORT,...";
            }
            NodePlan plan = new NodePlan(Long.parseLong(words[1]), addresses(words[2]), first.edgeBitsPerSecond());
            return (node.accept(plan) ? "accepted" : "ignored") + " epoch=" + plan.epoch();
        } catch (IllegalArgumentException e) {
            return "rejected: " + e.getMessage();
        }
    }
}
