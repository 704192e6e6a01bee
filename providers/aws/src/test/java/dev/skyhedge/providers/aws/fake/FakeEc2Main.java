package dev.skyhedge.providers.aws.fake;

import dev.skyhedge.providers.cloud.fake.FakeWorkloads;
import dev.skyhedge.providers.cloud.fake.Repetition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
/// deny                          every call is refused: this user may do nothing
/// swift                         instances start and stop at once
/// cut REGION                    nothing reaches a region
/// join REGION                   something does again
/// calls                         how often it was called, and forgets
/// ```
public final class FakeEc2Main {
    private static final Duration BOOT = Duration.ofSeconds(3);
    private static final Duration FOLLOW = Duration.ofMillis(200);
    private static final String PORT_TAG = "skyhedge-port";

    private FakeEc2Main() {}

    public static void main(String[] arguments) throws IOException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        World world = arguments.length > 1 ? World.of(List.of(arguments).subList(1, arguments.length)) : World.small();
        try (FakeEc2 cloud = FakeEc2.start(world, InstantSource.system(), port);
                FakeWorkloads workloads = new FakeWorkloads()) {
            cloud.rules().boot(BOOT);
            System.out.println(cloud.endpoint());
            try (Repetition following = Repetition.every(FOLLOW, () -> workloads.follow(running(cloud)))) {
                obey(cloud);
            }
        }
    }

    /// Where the workload of each running instance is to be answered for.
    private static Map<String, InetSocketAddress> running(FakeEc2 cloud) {
        Map<String, InetSocketAddress> running = new TreeMap<>();
        for (Rented rented : cloud.live()) {
            if (rented.state().equals("running")) {
                int port = Integer.parseInt(rented.tags().getOrDefault(PORT_TAG, "8000"));
                running.put(rented.id(), new InetSocketAddress(rented.address(), port));
            }
        }
        return running;
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
            case "deny" -> {
                cloud.faults().denyAll();
                yield "deny";
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
