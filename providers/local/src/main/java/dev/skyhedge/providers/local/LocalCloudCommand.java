package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.providers.simulated.Rental;
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
    private static final int WRONG_USAGE = 2;
    private static final String DEFAULT_NOTICE_SECONDS = "0";

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
                "local-cloud stop                                 ends all instances and the daemon");
    }

    @Override
    public int run(List<String> arguments, Path directory, PrintWriter out, PrintWriter err) {
        List<String> words =
                arguments.stream().filter(word -> !word.startsWith("-")).toList();
        boolean json = arguments.contains("-json") || arguments.contains("--json");
        try {
            return run(new LocalCloud(directory), words, json, out).orElseGet(() -> {
                usage().forEach(err::println);
                return WRONG_USAGE;
            });
        } catch (IOException | NumberFormatException e) {
            err.println("Error: " + e.getMessage());
            return 1;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static Optional<Integer> run(LocalCloud cloud, List<String> words, boolean json, PrintWriter out)
            throws IOException {
        String verb = words.isEmpty() ? "" : words.getFirst();
        switch (verb) {
            case "status" -> status(cloud, json, out);
            case "ledger" -> ledger(cloud, json, out);
            case "stop" -> out.println(cloud.stop() ? "The cloud in a box has stopped." : "No cloud in a box runs.");
            case "preempt" -> {
                if (words.size() < 2) {
                    return Optional.empty();
                }
                String notice = words.size() > 2 ? words.get(2) : DEFAULT_NOTICE_SECONDS;
                out.println("Preempted: " + preempt(cloud, words.get(1), Duration.ofSeconds(Long.parseLong(notice))));
            }
            case "outage" -> {
                if (words.size() < 3) {
                    return Optional.empty();
                }
                cloud.outage(words.get(1), words.get(2).equals("on"));
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(0);
    }

    private static int preempt(LocalCloud cloud, String what, Duration notice) throws IOException {
        return what.indexOf('/') >= 0 ? cloud.preemptZone(what, notice) : cloud.preempt(what, notice) ? 1 : 0;
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
