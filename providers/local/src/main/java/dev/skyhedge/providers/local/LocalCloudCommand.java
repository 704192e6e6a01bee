package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.settings.SettingReference;
import dev.skyhedge.spi.ProviderCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// The command `local-cloud`: looks at the cloud in a box, stops it, and plays its market's hand.
public final class LocalCloudCommand implements ProviderCommand {
    private static final int FAILED = 1;
    private static final String NO_NOTICE = "0";

    @Override
    public String name() {
        return "local-cloud";
    }

    @Override
    public List<String> usage() {
        return List.of(
                "local-cloud status [-json]                       what it runs and has cost",
                "local-cloud ledger [-json]                       everything that was ever rented in it",
                "local-cloud preempt INSTANCE|ZONE [NOTICE_SECONDS]  takes spot capacity back",
                "local-cloud outage LOCATIONS on|off              cuts locations off",
                "local-cloud settings                             what a spec may say to provider \"local\"",
                "local-cloud stop                                 ends all instances and the daemon");
    }

    @Override
    public int run(List<String> arguments, Path directory, PrintWriter out, PrintWriter err) {
        List<String> words = arguments.stream().filter(word -> !isFlag(word)).toList();
        boolean json = arguments.stream().anyMatch(LocalCloudCommand::isFlag);
        try {
            return run(new LocalCloud(directory), words, json, out).orElseGet(() -> {
                err.println("Error: Not a command of local-cloud: " + String.join(" ", words));
                usage().forEach(err::println);
                return FAILED;
            });
        } catch (IOException e) {
            err.println("Error: " + e.getMessage());
            return FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static boolean isFlag(String word) {
        return word.equals("-json") || word.equals("--json");
    }

    /// @return empty if the words are no command
    private static Optional<Integer> run(LocalCloud cloud, List<String> words, boolean json, PrintWriter out)
            throws IOException {
        String verb = words.isEmpty() ? "" : words.getFirst();
        switch (verb + " " + (words.size() - 1)) {
            case "status 0" -> status(cloud, json, out);
            case "ledger 0" -> ledger(cloud, json, out);
            case "settings 0" -> SettingReference.ALL.forEach(one -> out.println(line(one)));
            case "stop 0" -> out.println(cloud.stop() ? "The cloud in a box has stopped." : "No cloud in a box runs.");
            case "preempt 1", "preempt 2" ->
                out.println("Preempted: "
                        + preempt(cloud, words.get(1), notice(words.size() > 2 ? words.get(2) : NO_NOTICE)));
            case "outage 2" -> cloud.outage(words.get(1), isOn(words.get(2)));
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(0);
    }

    private static String line(SettingReference setting) {
        return String.format(
                Locale.ROOT, "%-28s %s; default: %s", setting.name(), setting.meaning(), setting.fallback());
    }

    private static Duration notice(String seconds) throws IOException {
        if (!seconds.matches("[0-9]{1,6}")) {
            throw new IOException("A notice is a whole number of seconds up to 999999, not \"" + seconds + "\"");
        }
        return Duration.ofSeconds(Integer.parseInt(seconds));
    }

    private static boolean isOn(String word) throws IOException {
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IOException("An outage is on or off, not \"" + word + "\"");
        };
    }

    private static int preempt(LocalCloud cloud, String what, Duration notice) throws IOException {
        if (what.indexOf('/') >= 0) {
            return cloud.preemptZone(what, notice);
        }
        if (!cloud.preempt(what, notice)) {
            throw new IOException(
                    "No instance \"" + what + "\" is live and without notice; `local-cloud ledger` shows" + " what is");
        }
        return 1;
    }

    private static void status(LocalCloud cloud, boolean json, PrintWriter out) throws IOException {
        Optional<LocalCloud.Status> status = cloud.status();
        if (json) {
            out.println(Json.write(status.map(one -> Wire.object(
                            "running", true,
                            "pid", one.pid(),
                            "started_at", one.startedAt().toString(),
                            "live", one.live(),
                            "spend_usd", usd(one.spendMicroDollars())))
                    .orElseGet(() -> Wire.object("running", false))));
        } else {
            out.println(status.map(one -> "Running since " + one.startedAt() + " as process " + one.pid() + ": "
                            + one.live() + " instances, $"
                            + usd(one.spendMicroDollars()).toPlainString() + " so far.")
                    .orElse("No cloud in a box runs."));
        }
    }

    private static BigDecimal usd(long microDollars) {
        return BigDecimal.valueOf(microDollars, 6);
    }

    private static void ledger(LocalCloud cloud, boolean json, PrintWriter out) throws IOException {
        Instant now = Instant.now();
        for (Rental rental : cloud.ledger().rentals()) {
            out.println(json ? Json.write(fields(rental, now)) : line(rental, now));
        }
    }

    private static SequencedMap<String, Object> fields(Rental rental, Instant now) {
        SequencedMap<String, Object> fields = Wire.object(
                "id", rental.instanceId(),
                "launched_at", rental.launchedAt().toString(),
                "offer", Wire.write(rental.offer()),
                "tags", Wire.write(rental.tags()),
                "cost_usd", usd(rental.costMicroDollars(now)));
        rental.endpoint().ifPresent(endpoint -> fields.put("endpoint", Wire.write(endpoint)));
        rental.end().ifPresent(end -> fields.put("end", Wire.write(end)));
        return fields;
    }

    private static String line(Rental rental, Instant now) {
        return String.format(
                Locale.ROOT,
                "%s  %-10s  gen %d  %-9s  %-24s  %s  $%s  %s",
                rental.instanceId(),
                rental.tags().replica(),
                rental.tags().generation(),
                rental.offer().market().word(),
                rental.offer().location(),
                rental.launchedAt(),
                usd(rental.costMicroDollars(now)).toPlainString(),
                rental.end().map(end -> end.cause() + " " + end.detail()).orElse("live"));
    }
}
