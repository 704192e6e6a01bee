package dev.skyhedge.balancer.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/// Which targets have seen which blocks of prompts lately, and so have them in their caches, most likely: a hash table
/// of bitmaps, eight ways to a set, with a fixed size. The oldest of a set gives way to a new block.
///
/// Thread-safe without a lock. Two that write into one set at once may lose a bit or, rarely, leave a bit of another
/// block: a guess is wrong then, which costs a computed prefix and nothing else.
public final class PrefixIndex {
    /// What was not touched for as long has most likely left the caches.
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final int WAYS = 8;
    private static final int WORD_BITS = 64;
    /// Stands for no block; a hash that is zero counts as another one.
    private static final long FREE = 0;

    private final int sets;
    private final int words;
    private final AtomicLongArray hashes;
    private final AtomicLongArray touched;
    private final AtomicLongArray targets;

    /// @param slots targets that it can tell apart, at least 1
    /// @param entries blocks that it has room for, a power of two and at least 8
    public PrefixIndex(int slots, int entries) {
        if (slots < 1 || entries < WAYS || Integer.bitCount(entries) != 1) {
            throw new IllegalArgumentException("Slots " + slots + ", entries " + entries);
        }
        this.sets = entries / WAYS;
        this.words = (slots + WORD_BITS - 1) / WORD_BITS;
        this.hashes = new AtomicLongArray(entries);
        this.touched = new AtomicLongArray(entries);
        this.targets = new AtomicLongArray(entries * words);
    }

    /// How many blocks from the first on each target has seen. Belongs to one thread, which may use it again.
    public final class Hits {
        private final int[] blocks = new int[words * WORD_BITS];
        private final long[] alive = new long[words];

        /// Of this target; a slot below 0 stands for one that is not told apart and has seen nothing.
        public int of(int slot) {
            return slot < 0 ? 0 : blocks[slot];
        }

        /// Looks a prompt up.
        ///
        /// @param prompt its blocks
        /// @param now nanoseconds of a clock that only moves forward
        public void look(long[] prompt, int count, long now) {
            Arrays.fill(blocks, 0);
            Arrays.fill(alive, -1);
            for (int block = 0; block < count; block++) {
                int entry = find(normal(prompt[block]));
                if (entry < 0 || isOld(entry, now)) {
                    return;
                }
                if (!narrow(entry, block + 1)) {
                    return;
                }
            }
        }

        /// Counts the block for those that have seen it and all before it.
        ///
        /// @return false if nobody has
        private boolean narrow(int entry, int seen) {
            long any = 0;
            for (int word = 0; word < words; word++) {
                long left = alive[word] & targets.get(entry * words + word);
                alive[word] = left;
                any |= left;
                for (long bits = left; bits != 0; bits &= bits - 1) {
                    blocks[word * WORD_BITS + Long.numberOfTrailingZeros(bits)] = seen;
                }
            }
            return any != 0;
        }
    }

    /// A target gets a prompt and will have its blocks.
    public void put(long[] prompt, int count, int slot, long now) {
        for (int block = 0; block < count; block++) {
            long hash = normal(prompt[block]);
            int entry = find(hash);
            if (entry < 0 || isOld(entry, now)) {
                entry = entry < 0 ? oldest(hash, now) : entry;
                for (int word = 0; word < words; word++) {
                    targets.set(entry * words + word, 0);
                }
                hashes.set(entry, hash);
            }
            touched.set(entry, now);
            int at = entry * words + slot / WORD_BITS;
            long bit = 1L << slot;
            if ((targets.get(at) & bit) == 0) {
                targets.getAndAccumulate(at, bit, (before, more) -> before | more);
            }
        }
    }

    /// The target is gone, or has lost its cache: its slot may be given to another one.
    public void forget(int slot) {
        long others = ~(1L << slot);
        for (int entry = 0; entry < hashes.length(); entry++) {
            targets.getAndAccumulate(entry * words + slot / WORD_BITS, others, (before, mask) -> before & mask);
        }
    }

    private static long normal(long hash) {
        return hash == FREE ? 1 : hash;
    }

    private int firstOf(long hash) {
        return ((int) hash & (sets - 1)) * WAYS; // the number of sets is a power of two
    }

    private int find(long hash) {
        int first = firstOf(hash);
        for (int way = 0; way < WAYS; way++) {
            if (hashes.get(first + way) == hash) {
                return first + way;
            }
        }
        return -1;
    }

    private int oldest(long hash, long now) {
        int first = firstOf(hash);
        int oldest = first;
        long longest = Long.MIN_VALUE;
        for (int way = 0; way < WAYS; way++) {
            long age = hashes.get(first + way) == FREE ? Long.MAX_VALUE : now - touched.get(first + way);
            if (age > longest) {
                oldest = first + way;
                longest = age;
            }
        }
        return oldest;
    }

    private boolean isOld(int entry, long now) {
        return now - touched.get(entry) > LIFE.toNanos();
    }
}
