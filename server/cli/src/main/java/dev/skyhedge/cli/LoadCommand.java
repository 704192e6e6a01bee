package dev.skyhedge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.load.LoadReport;
import dev.skyhedge.load.LoadRequest;
import dev.skyhedge.load.LoadRun;
import dev.skyhedge.specs.diagnostics.FileReason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge load`.
@CommandLine.Command(
        name = "load",
        description = {
            "Sends requests at a constant rate and measures the answers.",
            "Latency counts from the time at which a request was due, so that waiting is not hidden.",
            "Exit code 1 if any request failed."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  skyhedge load http://127.0.0.1:8080/v1/embeddings -rps=20 -duration=60s \\",
            "    -body='{\"input\":\"hello\"}'"
        })
final class LoadCommand extends Command {
    @Parameters(index = "0", paramLabel = "URL", description = "Where to send them.")
    URI url = URI.create("http://127.0.0.1");

    @Option(
            names = "--rps",
            paramLabel = "RATE",
            defaultValue = "10",
            description = "Requests per second; default ${DEFAULT-VALUE}.")
    double rps;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "For how long; default ${DEFAULT-VALUE}.")
    Duration duration = Duration.ZERO;

    @Option(names = "--method", paramLabel = "METHOD", description = "Default GET, or POST if there is a body.")
    Optional<String> method = Optional.empty();

    @Option(names = "--body", paramLabel = "TEXT|@FILE", description = "Sent with every request.")
    Optional<String> body = Optional.empty();

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "Sent with every request; may be repeated.")
    Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--poisson", description = "Random gaps, as independent users make, instead of equal ones.")
    boolean poisson;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the random gaps.")
    long seed;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "For one request; default ${DEFAULT-VALUE}.")
    Duration timeout = Duration.ZERO;

    @Option(
            names = "--concurrency-limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Requests in flight at most; default ${DEFAULT-VALUE}.")
    int concurrencyLimit;

    @Option(
            names = "--hang-up",
            paramLabel = "PERCENT",
            defaultValue = "0%",
            converter = PercentConverter.class,
            description = "Share of clients that hang up in the middle of their answer, such as 5%%; default none.")
    double hangUpShare;

    @Option(names = "--json", description = "The summary as one JSON object, nothing else.")
    boolean json;

    LoadCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        LoadRun run;
        try {
            run = new LoadRun(request());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Invalid load", String.valueOf(e.getMessage()));
        }
        ExitSignals.stopGently(terminal(), run::stop);
        LoadReport report = run.run(sample -> {
            if (!json) {
                say(sample.text());
            }
        });
        say(json ? text(report.values()) : report.text());
        return report.exitCode();
    }

    private LoadRequest request() {
        Optional<String> content = body.map(LoadCommand::content);
        var all = new LinkedHashMap<String, String>();
        if (content.isPresent()) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(headers);
        return new LoadRequest(
                url,
                method.orElse(content.isPresent() ? "POST" : "GET").toUpperCase(Locale.ROOT),
                content,
                all,
                rps,
                duration,
                poisson ? LoadRequest.Arrivals.POISSON : LoadRequest.Arrivals.CONSTANT,
                seed,
                timeout,
                concurrencyLimit,
                hangUpShare);
    }

    private static String content(String given) {
        if (!given.startsWith("@")) {
            return given;
        }
        try {
            return Files.readString(OptionValues.path(given.substring(1)));
        } catch (IOException e) {
            throw new CommandFailure(
                    "The body cannot be read", given.substring(1) + " cannot be read: " + FileReason.of(e) + ".");
        }
    }

    private static String text(Map<String, Object> values) {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Plain values can be written", e);
        }
    }
}
