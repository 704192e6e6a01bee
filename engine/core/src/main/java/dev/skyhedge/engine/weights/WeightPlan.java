package dev.skyhedge.engine.weights;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Who gets the model from whom.
///
/// @param epoch greater than that of every plan before; who has a newer one ignores it
/// @param chunkBytes the model is cut into pieces of this size, the last one may be smaller
/// @param hops one for each machine that gets the model, each sender before those that it sends to
/// @param local replicas on machines that hold the model already: they read it there
/// @param unreached machines that nobody can send to, since nobody has the model
/// @param notes what was left aside, and why
public record WeightPlan(
        String model,
        long epoch,
        long bytes,
        int chunkBytes,
        List<Hop> hops,
        List<String> local,
        List<Peer> unreached,
        List<String> notes) {
    /// Below it, headers and digests of chunks would cost more than they save.
    public static final int MIN_CHUNK_BYTES = 64 * 1024;

    /// A chain of n machines is full as soon as there are many more chunks than machines: with this
    /// many it takes an eighth longer than one copy at most.
    public static final int CHUNKS_PER_MEMBER = 8;

    public WeightPlan {
        hops = List.copyOf(hops);
        local = List.copyOf(local);
        unreached = List.copyOf(unreached);
        notes = List.copyOf(notes);
    }

    /// How many chunks the model has.
    public int chunks() {
        return Math.toIntExact((bytes + chunkBytes - 1) / chunkBytes);
    }

    /// How many hops the farthest machine is away from a whole copy; 0 if there is nothing to send.
    public int depth() {
        return hops.stream().mapToInt(Hop::depth).max().orElse(0);
    }

    /// USD for egress, all in all.
    public double egressUsd() {
        return hops.stream().mapToDouble(Hop::usd).sum();
    }

    /// Who sends to whom: sender by receiver, senders first.
    public SequencedMap<String, String> parents() {
        SequencedMap<String, String> parents = new LinkedHashMap<>();
        hops.forEach(hop -> parents.put(hop.to().name(), hop.from().name()));
        return Collections.unmodifiableSequencedMap(parents);
    }

    /// From whom a machine gets the model, nearest first, up to a whole copy. Empty if it gets nothing.
    public List<String> ancestors(String name) {
        SequencedMap<String, String> parents = parents();
        List<String> ancestors = new ArrayList<>();
        Optional<String> next = Optional.ofNullable(parents.get(name));
        while (next.isPresent()) {
            ancestors.add(next.get());
            next = Optional.ofNullable(parents.get(next.get()));
        }
        return ancestors;
    }

    /// When each machine has the whole model, from the start of the transfer; without detection of
    /// losses, hashing and round trips. A chain of n hops takes S/B · (1 + (n-1)/K), at the rate B of its
    /// narrowest hop.
    public SequencedMap<String, Duration> arrivals() {
        SequencedMap<String, Duration> arrivals = new LinkedHashMap<>();
        SequencedMap<String, Double> narrowest = new LinkedHashMap<>();
        for (Hop hop : hops) {
            double rate = Math.min(
                    hop.bitsPerSecond(), narrowest.getOrDefault(hop.from().name(), Double.MAX_VALUE));
            narrowest.put(hop.to().name(), rate);
            double seconds = 8.0 * bytes / rate * (1 + (hop.depth() - 1.0) / chunks());
            arrivals.put(hop.to().name(), Duration.ofMillis(Math.round(seconds * 1000)));
        }
        return Collections.unmodifiableSequencedMap(arrivals);
    }

    /// When the last machine has it.
    public Duration makespan() {
        return arrivals().values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
