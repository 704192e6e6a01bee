package dev.skyhedge.agent;

import dev.skyhedge.agent.tls.Pem;
import dev.skyhedge.agent.tls.Pinned;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// The agent as a process. Its secrets are in files, so that no list of processes shows them.
public final class Main {
    private static final String USAGE = """
            usage: --directory DIRECTORY --certificate FILE --key FILE --controller FILE --token-file FILE
                   [--listen HOST:PORT] [--log-bytes N]
            Starts tasks by orders of who has the certificate in --controller. It listens on the loopback address
            unless told. All files but the token are PEM.""";
    private static final Set<String> OPTIONS =
            Set.of("--directory", "--certificate", "--key", "--controller", "--token-file", "--listen", "--log-bytes");
    private static final long MAX_FILE_BYTES = 64 << 10;
    private static final int LEAST_TOKEN = 16;
    private static final long LEAST_LOG_BYTES = 4 << 10;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream errors) throws InterruptedException {
        Map<String, String> given;
        InetSocketAddress listen;
        long logBytes;
        try {
            given = options(arguments);
            listen = address(given.getOrDefault("--listen", "127.0.0.1:0"));
            logBytes = Long.parseLong(given.getOrDefault("--log-bytes", Long.toString(16L << 20)));
            if (logBytes < LEAST_LOG_BYTES) {
                throw new IllegalArgumentException("--log-bytes is " + LEAST_LOG_BYTES + " at least");
            }
        } catch (IllegalArgumentException e) {
            errors.println(e.getMessage() + "\n" + USAGE);
            return 2;
        }
        try {
            return serve(given, listen, logBytes, out, errors);
        } catch (IOException | IllegalArgumentException e) {
            errors.println("skyhedge-agent: " + e.getMessage());
            return 1;
        }
    }

    private static int serve(
            Map<String, String> given, InetSocketAddress listen, long logBytes, PrintStream out, PrintStream errors)
            throws IOException, InterruptedException {
        SSLContext tls = Pinned.context(
                Pem.certificate(file(given, "--certificate")),
                Pem.key(file(given, "--key")),
                Pem.certificate(file(given, "--controller")));
        String token = file(given, "--token-file").strip();
        if (token.length() < LEAST_TOKEN) {
            throw new IllegalArgumentException("A token has " + LEAST_TOKEN + " characters at least");
        }
        try (Agent agent = new Agent(
                        Path.of(required(given, "--directory")), logBytes, InstantSource.system(), errors::println);
                AgentServer server = new AgentServer(listen, tls, token, agent::give)) {
            out.println("listening " + server.address().getHostString() + ":"
                    + server.address().getPort());
            out.flush();
            agent.run();
        }
        return 0;
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i]) || i + 1 >= arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " is unknown, or lacks its value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        for (String name : OPTIONS) {
            if (!name.equals("--listen") && !name.equals("--log-bytes")) {
                required(options, name);
            }
        }
        return options;
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static String file(Map<String, String> given, String name) throws IOException {
        Path file = Path.of(required(given, name));
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(file + " is too large for " + name);
        }
        return Files.readString(file);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(text + " is not HOST:PORT");
        }
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
