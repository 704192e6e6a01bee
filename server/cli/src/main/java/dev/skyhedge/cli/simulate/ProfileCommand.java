package dev.skyhedge.cli.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.ExitSignals;
import dev.skyhedge.load.profile.ProfilePoint;
import dev.skyhedge.load.profile.ProfileRun;
import dev.skyhedge.load.profile.ProfileSettings;
import dev.skyhedge.load.profile.ProfileText;
import dev.skyhedge.load.profile.SaturationSearch;
import dev.skyhedge.specs.diagnostics.FileReason;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `skyhedge profile`.
public final class ProfileCommand extends Command {
    private static final double LEAST_RATE = 0.05;

    URI url = URI.create("http://127.0.0.1");
    String gpu = "";
    String model = "";
    String inputs = "";
    String outputs = "";
    Optional<Duration> endToEnd = Optional.empty();
    Optional<Duration> perToken = Optional.empty();
    Duration duration = Duration.ZERO;
    double first;
    double most;
    long seed;
    Optional<Path> out = Optional.empty();
    Optional<Path> rawPoints = Optional.empty();
    boolean json;

    public ProfileCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Measures what one replica sustains, for an allocation \"mixed\".",
                "For each size the rate rises until one in ten requests takes longer than the limit, or one fails; the"
                        + " highest rate below that is what it sustains. Arrivals are random, with a seed.",
                "A word of four bytes counts as a token of the prompt; answers are told to have all their tokens.");
        declared.examplesUnder(
                "Example",
                "  skyhedge profile http://10.0.0.7:8000/v1/completions -gpu=L4:1 -model=llama \\",
                "    -inputs=100,1000 -outputs=100,500 -slo-tpot=120ms -out=profile.csv -points=l4-points.csv");
        declared.argument(0, "URL", OptionValues.url())
                .help("Of a replica: ends with /completions, /chat/completions or /embeddings.")
                .into(value -> url = value);
        declared.option("--gpu", "ACCELERATOR", OptionValues.text())
                .required()
                .help("What it runs on, as resources call it, such as L4:1.")
                .into(value -> gpu = value);
        declared.option("--model", "NAME", OptionValues.text())
                .byDefault("fake")
                .help("Model to ask for; default ${DEFAULT-VALUE}.")
                .into(value -> model = value);
        declared.option("--inputs", "TOKENS,...", OptionValues.text())
                .byDefault("100,1000")
                .help("Lengths of prompts; default ${DEFAULT-VALUE}.")
                .into(value -> inputs = value);
        declared.option("--outputs", "TOKENS,...", OptionValues.text())
                .byDefault("100")
                .help("Lengths of answers; default ${DEFAULT-VALUE}, and 1 for embeddings.")
                .into(value -> outputs = value);
        declared.option("--slo-e2e", "DURATION", OptionValues.duration())
                .help("Limit of a whole answer, which nine in ten requests keep.")
                .into(value -> endToEnd = Optional.of(value));
        declared.option("--slo-tpot", "DURATION", OptionValues.duration())
                .help("Limit by token of the answer: of a whole one, as many times that as it has tokens.")
                .into(value -> perToken = Optional.of(value));
        declared.option("--duration", "DURATION", OptionValues.duration())
                .byDefault("60s")
                .help("Of each rate, and as long as 100 requests take at least; default ${DEFAULT-VALUE}.")
                .into(value -> duration = value);
        declared.option("--first", "RATE", OptionValues.decimal())
                .byDefault("1")
                .help("Requests per second to begin with; default ${DEFAULT-VALUE}.")
                .into(value -> first = value);
        declared.option("--most", "RATE", OptionValues.decimal())
                .byDefault("1000")
                .help("Requests per second that are tried at most; default ${DEFAULT-VALUE}.")
                .into(value -> most = value);
        declared.option("--seed", "N", OptionValues.number())
                .byDefault("1")
                .help("Of the arrivals.")
                .into(value -> seed = value);
        declared.option("--out", "FILE", OptionValues.path())
                .help("The profile; rows of other accelerators in it stay. Otherwise it is printed.")
                .into(value -> out = Optional.of(value));
        declared.option("--points", "FILE", OptionValues.path())
                .help("All that was measured, as CSV, from which other limits can be read off.")
                .into(value -> rawPoints = Optional.of(value));
        declared.flag("--json", "The profile as one JSON object, nothing else.", on -> json = on);
    }

    @Override
    protected int run() {
        String accelerator = accelerator();
        ProfileSettings settings = settings();
        ProfileText before = existing();
        var run = new ProfileRun(settings);
        ExitSignals.stopGently(terminal(), run::stop);
        List<ProfilePoint> points = new ArrayList<>();
        List<ProfileRun.Found> found = run.run(point -> {
            points.add(point);
            if (!json) {
                say(point.text());
            }
        });
        rawPoints.ifPresent(file -> write(file, ProfilePoint.csv(points)));
        String profile = before.with(accelerator, found).text();
        out.ifPresent(file -> write(file, profile));
        if (json) {
            say(text(values(accelerator, found)));
        } else {
            say(out.isPresent() ? ProfileText.HEADER + "\n" + ProfileText.rows(accelerator, found) : profile.strip());
        }
        boolean isWhole = found.size() == settings.sizes().size();
        return isWhole && found.stream().anyMatch(one -> one.maxRate() > 0) ? ExitCode.OK : 1;
    }

    private String accelerator() {
        try {
            return Accelerator.parse(gpu).toString();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Invalid accelerator", String.valueOf(e.getMessage()));
        }
    }

    private ProfileSettings settings() {
        boolean embeds = url.getPath().endsWith("/embeddings");
        if (!embeds && !url.getPath().endsWith("/completions")) {
            throw new CommandFailure(
                    "Nothing to measure there",
                    url
                            + " does not end with /completions, /chat/completions or /embeddings. Give the whole URL, such as"
                            + " http://127.0.0.1:8000/v1/completions.");
        }
        if (endToEnd.isPresent() == perToken.isPresent()) {
            throw new CommandFailure(
                    "One limit is needed",
                    "Give either --slo-e2e or --slo-tpot: what a replica sustains depends on it.");
        }
        List<ProfileSettings.Size> sizes = new ArrayList<>();
        for (int input : tokens("--inputs", inputs)) {
            for (int output : embeds ? List.of(1) : tokens("--outputs", outputs)) {
                sizes.add(new ProfileSettings.Size(input, output));
            }
        }
        try {
            new SaturationSearch(Duration.ofSeconds(1), first, Math.min(first, LEAST_RATE), most);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Invalid rates", String.valueOf(e.getMessage()));
        }
        return new ProfileSettings(
                url,
                model,
                sizes,
                duration,
                size -> new SaturationSearch(
                        endToEnd.orElseGet(() -> perToken.orElseThrow().multipliedBy(size.outputTokens())),
                        first,
                        Math.min(first, LEAST_RATE),
                        most),
                seed);
    }

    private static List<Integer> tokens(String option, String given) {
        List<Integer> tokens = new ArrayList<>();
        for (String one : given.split(",")) {
            try {
                int count = Integer.parseInt(one.strip());
                if (count < 1) {
                    throw new NumberFormatException();
                }
                tokens.add(count);
            } catch (NumberFormatException e) {
                throw new CommandFailure(
                        "Invalid lengths",
                        option + " takes numbers of tokens from 1 on, such as 100,1000, not \"" + given + "\".");
            }
        }
        return tokens;
    }

    /// Read before anything is measured: what cannot be added to is said at once.
    private ProfileText existing() {
        if (out.isEmpty() || !Files.exists(out.get())) {
            return ProfileText.EMPTY;
        }
        try {
            return ProfileText.read(Files.readString(out.get()));
        } catch (IOException e) {
            throw new CommandFailure(
                    "The profile cannot be read", out.get() + " cannot be read: " + FileReason.of(e) + ".");
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "Not a profile",
                    out.get() + ": " + e.getMessage()
                            + ". Rows cannot be added to it; choose another file with --out.");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CommandFailure("The file cannot be written", file + ": " + FileReason.of(e) + ".");
        }
    }

    private static Map<String, Object> values(String accelerator, List<ProfileRun.Found> found) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("gpu", accelerator);
        List<Map<String, Object>> sizes = new ArrayList<>();
        for (ProfileRun.Found one : found) {
            Map<String, Object> size = new LinkedHashMap<>();
            size.put("input_tokens", one.size().inputTokens());
            size.put("output_tokens", one.size().outputTokens());
            size.put("max_requests_per_s", one.maxRate());
            size.put("points", one.points().size());
            sizes.add(size);
        }
        values.put("sizes", sizes);
        return values;
    }

    private static String text(Map<String, Object> values) {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Plain values can be written", e);
        }
    }
}
