package dev.skyhedge.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The command line of the model server.
final class CommandLineOptions {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private final Map<String, String> environment;
    private final CommandLine commandLine;

    CommandLineOptions(Map<String, String> environment, String home) {
        this.environment = environment;
        CommandSpec spec = CommandSpec.create().name("skyhedge-model-server").mixinStandardHelpOptions(true);
        spec.usageMessage().description("Serves all-MiniLM-L6-v2 on the CPU, with OpenAI's embeddings API.");
        spec.version("all-MiniLM-L6-v2, quantised");
        option(spec, "--host", "ADDRESS", String.class, "127.0.0.1", "address to listen on");
        option(spec, "--port", "N", Integer.class, port(), "TCP port, 0 for any; default from PORT");
        option(spec, "--served-model-name", "NAME", String.class, ServerOptions.DEFAULT_MODEL, "name of the model");
        option(spec, "--threads", "N", Integer.class, "1", "threads of one inference");
        option(spec, "--workers", "N", Integer.class, "1", "inferences at a time");
        option(spec, "--queue-limit", "N", Integer.class, "256", "requests that may wait; beyond it 429");
        option(spec, "--start-delay", "TIME", Duration.class, "0s", "wait before loading, like 5s or 500ms");
        option(spec, "--grace", "TIME", Duration.class, "10s", "time for requests in flight after SIGTERM");
        String cache = CacheDirectory.standard(environment, home).toString();
        option(spec, "--cache", "DIR", Path.class, cache, "directory for unpacked files");
        spec.addOption(OptionSpec.builder("--check")
                .description("serve one request of its own, then end")
                .build());
        commandLine = new CommandLine(spec).registerConverter(Duration.class, CommandLineOptions::duration);
    }

    private String port() {
        String port = environment.getOrDefault("PORT", "");
        return port.isEmpty() ? "8000" : port;
    }

    private static void option(
            CommandSpec spec, String name, String label, Class<?> type, String standard, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .defaultValue(standard)
                .description(description + " (${DEFAULT-VALUE})")
                .build());
    }

    /// What the command line asks for: a server, or something that ends by itself.
    sealed interface Request {
        record Serve(ServerOptions options) implements Request {}

        /// To serve just long enough to see that it works.
        record Check(ServerOptions options) implements Request {}

        record Print(String text, int exitCode) implements Request {}
    }

    Request parse(String... arguments) {
        try {
            ParseResult result = commandLine.parseArgs(arguments);
            if (result.isUsageHelpRequested()) {
                return new Request.Print(commandLine.getUsageMessage(), 0);
            }
            if (result.isVersionHelpRequested()) {
                return new Request.Print(String.join("\n", result.commandSpec().version()), 0);
            }
            ServerOptions options = options(result);
            return result.hasMatchedOption("--check") ? new Request.Check(options) : new Request.Serve(options);
        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
            return new Request.Print("skyhedge-model-server: " + e.getMessage(), 2);
        }
    }

    private static ServerOptions options(ParseResult result) {
        return new ServerOptions(
                given(result, "--host").getValue(),
                given(result, "--port").getValue(),
                given(result, "--served-model-name").getValue(),
                given(result, "--threads").getValue(),
                given(result, "--workers").getValue(),
                given(result, "--queue-limit").getValue(),
                given(result, "--start-delay").getValue(),
                given(result, "--grace").getValue(),
                given(result, "--cache").getValue());
    }

    private static OptionSpec given(ParseResult result, String name) {
        return result.commandSpec().findOption(name);
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new CommandLine.TypeConversionException("'" + text + "' is no duration like 5s, 500ms or 1m");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
