package dev.skyhedge.balancer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PrefixAffinityProperties {
    private static final int PROMPT_BYTES = 4 * 1024;
    private static final int BLOCKS = PROMPT_BYTES / PromptBlocks.BLOCK_BYTES;
    private static final double TOKENS = PROMPT_BYTES / 4.0;

    private final long[] blocks = new long[PromptBlocks.MAX_BLOCKS];

    private int hash(byte[] prompt) {
        return PromptBlocks.hash(prompt, prompt.length, 7, blocks);
    }

    private static byte[] prompt(long seed) {
        var bytes = new byte[PROMPT_BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Property(tries = 100)
    void equalPrefixesHaveEqualBlocksAndNothingAfterADifferenceHas(
            @ForAll long seed, @ForAll @IntRange(max = PROMPT_BYTES - 1) int at) {
        byte[] one = prompt(seed);
        byte[] other = one.clone();
        other[at] ^= 1;
        var first = new long[BLOCKS];
        var second = new long[BLOCKS];
        PromptBlocks.hash(one, one.length, 7, first);
        PromptBlocks.hash(other, other.length, 7, second);

        for (int block = 0; block < BLOCKS; block++) {
            assertThat(first[block] == second[block]).isEqualTo(block < at / PromptBlocks.BLOCK_BYTES);
        }
    }

    @Property(tries = 50)
    void findsWhoHasSeenHowMuchUntilItIsTooOld(
            @ForAll long seed,
            @ForAll @IntRange(max = 255) int slot,
            @ForAll @IntRange(min = 1, max = BLOCKS) int seen) {
        var index = new PrefixIndex(256, 65_536);
        int count = hash(prompt(seed));
        index.put(blocks, seen, slot, 1_000);
        PrefixIndex.Hits hits = index.new Hits();

        hits.look(blocks, count, 2_000);
        assertThat(hits.of(slot)).isEqualTo(seen);
        assertThat(hits.of((slot + 1) % 256)).isZero();

        hits.look(blocks, count, 1_001 + PrefixIndex.LIFE.toNanos());
        assertThat(hits.of(slot)).isZero();

        index.put(blocks, seen, slot, 3_000);
        index.forget(slot);
        hits.look(blocks, count, 3_000);
        assertThat(hits.of(slot)).isZero();
    }

    @Property(tries = 20)
    void oneHotPromptStaysWithinTheGuard(@ForAll long seed) {
        Fleet fleet = Fleet.idle(8);
        var targets = new PromptedFleet(fleet);
        var index = new PrefixIndex(8, 1_024);
        PrefixIndex.Hits hits = index.new Hits();
        var random = new Random(seed);
        int count = hash(prompt(seed));

        for (int i = 0; i < 200; i++) {
            hits.look(blocks, count, i);
            int chosen = PrefixAffinity.choose(targets, hits, count, TOKENS, random.nextLong());
            index.put(blocks, count, chosen, i);
            double bound = Math.max(1.25 * fleet.mean(), fleet.mean() + 2);
            fleet.loads()[chosen]++;
            assertThat((double) fleet.loads()[chosen]).isLessThanOrEqualTo(bound);
        }
    }

    @Property(tries = 20)
    void sessionsFindTheirCaches(@ForAll long seed) {
        Fleet fleet = Fleet.idle(8);
        var targets = new PromptedFleet(fleet);
        var index = new PrefixIndex(8, 65_536);
        PrefixIndex.Hits hits = index.new Hits();
        var random = new Random(seed);
        var running = new ArrayDeque<Integer>();
        long possible = 0;
        long found = 0;

        for (int i = 0; i < 2_000; i++) {
            int session = random.nextInt(64);
            int count = hash(prompt(seed + 1 + session));
            hits.look(blocks, count, i);
            int chosen = PrefixAffinity.choose(targets, hits, count, TOKENS, random.nextLong());
            if (i >= 500) {
                possible += count;
                found += hits.of(chosen);
            }
            index.put(blocks, count, chosen, i);
            fleet.loads()[chosen]++;
            running.addLast(chosen);
            if (running.size() > 24) {
                fleet.loads()[running.removeFirst()]--;
            }
        }

        assertThat((double) found / possible).isGreaterThanOrEqualTo(0.9);
    }

    @Property(tries = 100)
    void whatNobodyHasSeenGoesToTheLeastLoadedOfThoseThatMayTakeIt(@ForAll long random) {
        Fleet fleet = Fleet.idle(6);
        fleet.open()[2] = false;
        fleet.loads()[0] = 100;
        fleet.loads()[4] = 1;
        var index = new PrefixIndex(6, 64);
        PrefixIndex.Hits hits = index.new Hits();
        int count = hash(prompt(random));
        hits.look(blocks, count, 0);

        assertThat(PrefixAffinity.choose(new PromptedFleet(fleet), hits, count, TOKENS, random))
                .isIn(1, 3, 5);
    }
}
