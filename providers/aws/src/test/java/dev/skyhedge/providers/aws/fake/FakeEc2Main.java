package dev.skyhedge.providers.aws.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// The fake as a process, to try the command against: `FakeEc2Main PORT [REGION…]`. It prints its endpoint,
/// then takes orders a line each until its input ends:
///
/// ```
/// list
/// ledger                        everything ever rented, a line each, then `end`:
///                               live|ended ID REGION ZONE MARKET TOKEN REPLICA
/// preempt INSTANCE SECONDS      takes an instance back after this time
/// empty ZONE                    ends the spot capacity of a zone
/// full ZONE                     ends all capacity of a zone
/// quota REGION                  allows nothing in a region any more
/// down                          every call is answered with HTTP 500
/// up                            no longer
/// swift                         instances start and stop at once
/// cut REGION                    nothing reaches a region
/// join REGION                   something does again
/// calls                         how often it was called, and forgets
/// ```
public final class FakeEc2Main {
    private static final Duration BOOT = Duration.ofSeconds(3);
    private static final long FOLLOW_MILLIS = 200;

    private FakeEc2Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        World world = arguments.length > 1 ? World.of(List.of(arguments).subList(1, arguments.length)) : World.small();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                FakeEc2 cloud = FakeEc2.start(world, InstantSource.system(), port)) {
            cloud.rules().boot(BOOT);
            Responders responders = new Responders(cloud, threads);
            System.out.println(cloud.endpoint());
            var following = threads.submit(() -> {
                while (true) {
                    responders.follow();
                    Thread.sleep(FOLLOW_MILLIS);
                }
            });
            obey(cloud);
            following.cancel(true);
            responders.close();
        }
    }

    private static void obey(FakeEc2 cloud) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(obey(cloud, line.strip().split(" +")));
        }
    }

    private static String obey(FakeEc2 cloud, String[] words) {
        return switch (words[0]) {
            case "list" ->
                String.join("\n", cloud.rented().stream().map(FakeEc2Main::line).toList());
            case "ledger" ->
                cloud.rented().stream()
                        .map(one -> FakeEc2Main.entry(one) + "\n")
                        .collect(Collectors.joining("", "", "end"));
            case "preempt" -> String.valueOf(cloud.preempt(words[1], Duration.ofSeconds(Long.parseLong(words[2]))));
            case "empty" -> {
                cloud.world().types().forEach(type -> cloud.market().capacity(words[1], type.name(), true, 0));
                yield "empty";
            }
            case "full" -> {
                for (boolean spot : List.of(true, false)) {
                    cloud.world().types().forEach(type -> cloud.market().capacity(words[1], type.name(), spot, 0));
                }
                yield "full";
            }
            case "quota" -> {
                cloud.market().quota(words[1], true, 0);
                cloud.market().quota(words[1], false, 0);
                yield "quota";
            }
            case "down", "up" -> {
                cloud.faults().down(words[0].equals("down"));
                yield words[0];
            }
            case "swift" -> {
                cloud.rules().boot(Duration.ZERO).shutdown(Duration.ZERO);
                yield "swift";
            }
            case "cut" -> {
                cloud.faults().cutOff(words[1]);
                yield "cut";
            }
            case "join" -> {
                cloud.faults().reconnect(words[1]);
                yield "joined";
            }
            case "calls" -> {
                String counts = String.valueOf(cloud.exchanges().stream()
                        .collect(Collectors.groupingBy(FakeEc2.Exchange::action, TreeMap::new, Collectors.counting())));
                cloud.forgetExchanges();
                yield counts;
            }
            default -> "no such order";
        };
    }

    private static String entry(Rented one) {
        return String.join(
                " ",
                one.isLive() ? "live" : "ended",
                one.id(),
                one.region(),
                one.zone(),
                one.spot() ? "spot" : "on_demand",
                one.tags().getOrDefault("skyhedge-token", "-"),
                one.tags().getOrDefault("skyhedge-replica", "-"));
    }

    private static String line(Rented one) {
        return String.join(
                " ",
                one.id(),
                one.zone(),
                one.type(),
                one.spot() ? "spot" : "on-demand",
                one.state(),
                one.address(),
                one.tags().getOrDefault("skyhedge-replica", "-"));
    }
}
