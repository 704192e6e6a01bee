package dev.skyhedge.providers.cloud.fake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the operator of a fake that runs as a process wants, a line each, until its input ends:
///
/// ```
/// ledger            everything ever made, a line each, then `end`
/// preempt ID        takes an instance back at once
/// full ZONE         ends all capacity of a zone
/// quota REGION      allows nothing in a region any more
/// down              every call is answered with HTTP 500
/// up                no longer
/// bare REGION       the network has no subnet in a region any more
/// calls             how often it was called, by name, and forgets: `{NAME=COUNT, …}`
/// ```
public final class Orders {
    private static final String UNKNOWN = "no such order";

    private final Operated cloud;

    /// A cloud that can be told what to do.
    public interface Operated {
        /// Everything ever made, a line each: `live|ended ID REGION ZONE MARKET TOKEN REPLICA`.
        List<String> ledger();

        /// Takes an instance back at once.
        void preempt(String id);

        /// Takes all room from a zone.
        void full(String zone);

        /// Allows nothing in a region any more.
        void noQuota(String region);

        /// Answers every call with HTTP 500 without an effect, or none any more.
        void down(boolean whole);

        /// Takes the network's subnet in a region away.
        ///
        /// @return whether this cloud's networks have such
        default boolean bare(String region) {
            return false;
        }

        /// How often it was called since this was asked last, by the names of its calls; empty if nobody counts.
        default Map<String, Long> takeCalls() {
            return Map.of();
        }
    }

    public Orders(Operated cloud) {
        this.cloud = cloud;
    }

    public void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(obey(line.strip().split(" +")));
        }
    }

    private String obey(String[] words) {
        switch (words[0]) {
            case "ledger" -> {
                return String.join(
                                "",
                                cloud.ledger().stream().map(one -> one + "\n").toList()) + "end";
            }
            case "preempt" -> cloud.preempt(words[1]);
            case "full" -> cloud.full(words[1]);
            case "quota" -> cloud.noQuota(words[1]);
            case "down", "up" -> cloud.down(words[0].equals("down"));
            case "calls" -> {
                return String.valueOf(new TreeMap<>(cloud.takeCalls()));
            }
            case "bare" -> {
                return cloud.bare(words[1]) ? words[0] : UNKNOWN;
            }
            default -> {
                return UNKNOWN;
            }
        }
        return words[0];
    }
}
