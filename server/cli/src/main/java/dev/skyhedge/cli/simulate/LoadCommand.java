package dev.skyhedge.cli.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.arguments.PercentConverter;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitSignals;
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

/// `skyhedge load`.
public final class LoadCommand extends Command {
    URI url = URI.create("http://127.0.0.1");
    double rps;
    Duration duration = Duration.ZERO;
    Optional<String> method = Optional.empty();
    Optional<String> body = Optional.empty();
    Map<String, String> headers = new LinkedHashMap<>();
    boolean poisson;
    long seed;
    Duration timeout = Duration.ZERO;
    int concurrencyLimit;
    double hangUpShare;
    boolean json;

    public LoadCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Sends requests at a constant rate and measures the answers.",
                "Latency counts from the time at which a request was due, so that waiting is not hidden.",
                "Exit code 1 if any request failed.");
        declared.examplesUnder(
                "Example",
                "  skyhedge load http://127.0.0.1:8080/v1/embeddings -rps=20 -duration=60s \\",
                "    -body='{\"input\":\"hello\"}'");
        declared.argument(0, "URL", OptionValues.url())
                .help("Where to send them.")
                .into(value -> url = value);
        declared.option("--rps", "RATE", OptionValues.decimal())
                .byDefault("10")
                .help("Requests per second; default ${DEFAULT-VALUE}.")
                .into(value -> rps = value);
        declared.option("--duration", "DURATION", OptionValues.duration())
                .byDefault("30s")
                .help("For how long; default ${DEFAULT-VALUE}.")
                .into(value -> duration = value);
        declared.option("--method", "METHOD", OptionValues.text())
                .help("Default GET, or POST if there is a body.")
                .into(value -> method = Optional.of(value));
        declared.option("--body", "TEXT|@FILE", OptionValues.text())
                .help("Sent with every request.")
                .into(value -> body = Optional.of(value));
        declared.option("--header", "NAME=VALUE", OptionValues.text())
                .help("Sent with every request; may be repeated.")
                .pairs(values -> headers = values);
        declared.flag(
                "--poisson", "Random gaps, as independent users make, instead of equal ones.", on -> poisson = on);
        declared.option("--seed", "N", OptionValues.number())
                .byDefault("1")
                .help("Of the random gaps.")
                .into(value -> seed = value);
        declared.option("--timeout", "DURATION", OptionValues.duration())
                .byDefault("60s")
                .help("For one request; default ${DEFAULT-VALUE}.")
                .into(value -> timeout = value);
        declared.option("--concurrency-limit", "N", OptionValues.smallNumber())
                .byDefault("1000")
                .help("Requests in flight at most; default ${DEFAULT-VALUE}.")
                .into(value -> concurrencyLimit = value);
        declared.option("--hang-up", "PERCENT", PercentConverter.type())
                .byDefault("0%")
                .help("Share of clients that hang up in the middle of their answer, such as 5%%; default none.")
                .into(value -> hangUpShare = value);
        declared.flag("--json", "The summary as one JSON object, nothing else.", on -> json = on);
    }

    @Override
    protected int run() {
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
