package dev.skyhedge.engine.weights;

import static dev.skyhedge.engine.weights.WeightPlans.idle;
import static dev.skyhedge.engine.weights.WeightPlans.peer;
import static dev.skyhedge.engine.weights.WeightPlans.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Transfers on a virtual network that loses machines, sources and connections at any time.
class RepairSimulation {
    private static final int CHUNK = WeightPlan.MIN_CHUNK_BYTES;
    private static final int CHUNKS = 24;
    private static final String STORE = "s3";

    /// What is sent to whom, chunk by chunk.
    private static final class Network {
        private final Random random;
        private final boolean stored;
        private Transfer transfer;
        private int sourceReads;
        private final Map<String, Integer> received = new HashMap<>();

        Network(long seed, int count, boolean stored) {
            random = new Random(seed);
            this.stored = stored;
            List<Target> targets = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                targets.add(target("t" + i, "aws/r/" + "abc".charAt(random.nextInt(3)), 1 + random.nextInt(4)));
            }
            List<Holder> holders = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                holders.add(idle("h" + i, "aws/r/" + "abc".charAt(random.nextInt(3)), 1));
            }
            List<Peer> stores = stored || holders.isEmpty() ? List.of(peer(STORE, "aws/r/a", 10)) : List.of();
            WeightPlan plan = WeightPlanner.plan(new WeightRequest(
                    "m", (long) CHUNK * CHUNKS, CHUNK, targets, holders, stores, EgressPrices.free(), 0));
            transfer = Transfer.of(plan, stores.stream().map(Peer::name).toList());
        }

        /// One chunk over one connection, if there is one that has more above than below.
        boolean send() {
            List<Map.Entry<String, String>> ready = transfer.parents().entrySet().stream()
                    .filter(edge -> transfer.watermark(edge.getValue()) > transfer.watermark(edge.getKey()))
                    .toList();
            if (ready.isEmpty()) {
                return false;
            }
            Map.Entry<String, String> edge = ready.get(random.nextInt(ready.size()));
            String child = edge.getKey();
            sourceReads += edge.getValue().equals(STORE) ? 1 : 0;
            received.merge(child, 1, Integer::sum);
            transfer = transfer.progress(child, transfer.watermark(child) + 1);
            return true;
        }

        void fault() {
            List<String> alive =
                    new ArrayList<>(new TreeSet<>(transfer.watermarks().keySet()));
            // Somebody who has the whole model, or the store, is left.
            if (stored || transfer.whole().size() > 1) {
                alive.addAll(transfer.whole());
            }
            if (alive.isEmpty()) {
                return;
            }
            String one = alive.get(random.nextInt(alive.size()));
            RepairStep step = switch (random.nextInt(4)) {
                case 0 -> Repair.lost(transfer, one);
                case 1 -> Repair.leaving(transfer, one);
                case 2 -> bar(one);
                default -> cut(one);
            };
            for (Reparent move : step.moves()) {
                assertThat(move.fromChunk()).isEqualTo(transfer.watermark(move.child()));
                assertThat(move.reason()).isNotBlank();
            }
            assertThat(step.transfer().epoch()).isGreaterThanOrEqualTo(transfer.epoch());
            assertThat(step.stuck()).isEmpty();
            transfer = step.transfer();
        }

        private RepairStep bar(String name) {
            return transfer.whole().contains(name) ? Repair.lost(transfer, name) : Repair.barred(transfer, name);
        }

        private RepairStep cut(String name) {
            boolean atTheStore = STORE.equals(transfer.parents().get(name));
            if (atTheStore || !stored) {
                return new RepairStep(transfer, List.of(), List.of());
            }
            return Repair.cut(transfer, name);
        }

        void neverIsASenderBehindItsReceiver() {
            transfer.parents()
                    .forEach((child, parent) -> assertThat(transfer.watermark(parent))
                            .as("%s sends to %s", parent, child)
                            .isGreaterThanOrEqualTo(transfer.watermark(child)));
        }
    }

    @Property(tries = 10_000)
    void allSurvivorsEndWithEveryChunkOnce(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int count, @ForAll boolean stored) {
        Network network = new Network(seed, count, stored);

        for (int step = 0; step < 60; step++) {
            network.send();
            if (network.random.nextInt(10) == 0) {
                network.fault();
                network.neverIsASenderBehindItsReceiver();
            }
        }
        while (network.send()) {
            network.neverIsASenderBehindItsReceiver();
        }

        network.transfer.watermarks().forEach((name, chunks) -> {
            assertThat(chunks).as(name).isEqualTo(CHUNKS);
            assertThat(network.received.get(name)).as("received by " + name).isEqualTo(CHUNKS);
        });
    }

    /// What a reader had and nobody else has yet has to be read again.
    @Property(tries = 10_000)
    void theStoreIsReadOnceButForWhatIsLostWithItsReader(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int count) {
        Network network = new Network(seed, count, true);
        int allowed = CHUNKS;

        for (int step = 0; step < 60; step++) {
            network.send();
            Optional<String> sender = network.transfer.parents().values().stream()
                    .filter(name -> !name.equals(STORE))
                    .findFirst();
            if (network.random.nextInt(10) == 0 && sender.isPresent()) {
                int lost = network.transfer.watermarks().getOrDefault(sender.get(), 0);
                network.transfer = Repair.lost(network.transfer, sender.get()).transfer();
                int left = network.transfer.watermarks().values().stream()
                        .max(Integer::compare)
                        .orElse(0);
                allowed += Math.max(0, lost - left);
            }
        }
        while (network.send()) {
            assertThat(network.sourceReads).isLessThanOrEqualTo(allowed);
        }
    }
}
