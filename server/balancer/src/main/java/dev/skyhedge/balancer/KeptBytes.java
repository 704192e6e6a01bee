package dev.skyhedge.balancer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The beginning of a body, kept for the next attempt. In blocks, so that a body that comes byte by byte takes no
/// more memory than one that comes at once; what it takes is taken from a budget. Not thread-safe.
final class KeptBytes {
    private static final int FIRST_BLOCK = 2 * 1024;
    private static final int MAX_BLOCK = 16 * 1024;

    private final MemoryBudget budget;
    private final int max;
    private final long expected;
    private final List<byte[]> blocks = new ArrayList<>();
    private int size;
    private int reserved;
    private long prepaid;

    /// @param max bytes kept of this body
    /// @param expected length of the body, -1 if unknown
    KeptBytes(MemoryBudget budget, int max, long expected) {
        this.budget = budget;
        this.max = max;
        this.expected = expected;
    }

    int size() {
        return size;
    }

    /// Copies what remains in a buffer, and leaves the buffer as it is.
    ///
    /// @return false if that is too much; what was kept before may be used still
    boolean append(ByteBuffer bytes) {
        ByteBuffer from = bytes.slice();
        if ((long) size + from.remaining() > max || !reserve(from.remaining())) {
            return false;
        }
        while (from.hasRemaining()) {
            Place place = place(size);
            int count = Math.min(place.room(), from.remaining());
            from.get(place.block, place.offset, count);
            size += count;
        }
        return true;
    }

    /// Takes what all of the expected bytes need from the budget, so that none of them is turned away later.
    ///
    /// @return false if there is not so much left, or more is expected than is kept
    boolean prepay() {
        if (expected < 0 || expected > max || !budget.take(expected)) {
            return false;
        }
        prepaid = expected;
        return true;
    }

    private boolean take(int bytes) {
        if (bytes > prepaid) {
            return budget.take(bytes);
        }
        prepaid -= bytes;
        return true;
    }

    /// A copy of everything.
    byte[] toArray() {
        ByteBuffer all = ByteBuffer.allocate(size);
        while (all.hasRemaining()) {
            all.put(from(all.position()));
        }
        return all.array();
    }

    /// Reserves room for that many bytes beyond those that are kept.
    private boolean reserve(int count) {
        while (reserved - size < count) {
            long usual = expected < 0 ? (blocks.isEmpty() ? FIRST_BLOCK : MAX_BLOCK) : expected - reserved;
            int block = (int) Math.clamp(usual, 1, MAX_BLOCK);
            if (!take(block)) {
                return false;
            }
            blocks.add(new byte[block]);
            reserved += block;
        }
        return true;
    }

    /// A piece of what is kept, from a position below [#size()] on.
    ByteBuffer from(int position) {
        Place place = place(position);
        return ByteBuffer.wrap(place.block, place.offset, Math.min(place.room(), size - position));
    }

    private record Place(byte[] block, int offset) {
        int room() {
            return block.length - offset;
        }
    }

    private Place place(int position) {
        int start = 0;
        for (byte[] block : blocks) {
            if (position < start + block.length) {
                return new Place(block, position - start);
            }
            start += block.length;
        }
        throw new IndexOutOfBoundsException("position " + position + " of " + reserved);
    }

    /// Forgets everything and gives the memory back.
    void clear() {
        budget.give(reserved + prepaid);
        blocks.clear();
        size = 0;
        reserved = 0;
        prepaid = 0;
    }
}
