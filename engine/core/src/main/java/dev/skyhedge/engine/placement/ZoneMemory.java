package dev.skyhedge.engine.placement;

import dev.skyhedge.state.records.ZoneHealth.Memory;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;

/// What is remembered of a zone over days, with a half-life: how often it took something back, and how long it
/// kept something of ours. Its calm time is evidence of the present spell only and is gone with a loss; this
/// tells a zone that loses something every hour from one that did so once.
final class ZoneMemory {
    static final Duration HALF_LIFE = Duration.ofDays(2);

    private static final double MILLIS_PER_HALF_LIFE = HALF_LIFE.toMillis();
    private static final long ONE = 1_000_000;
    private static final double MILLIS_PER_HOUR = 3_600_000.0;

    private ZoneMemory() {}

    /// The same as of now: what is held counts up to now, what was before has faded.
    static Memory at(TrackRecord known, Instant now) {
        Memory memory = known.memory();
        double faded = remaining(memory.asOf(), now);
        double held = memory.held().toMillis() * faded;
        if (known.heldSince().isPresent()) {
            Instant since = known.heldSince().get();
            held += since(since.isAfter(memory.asOf()) ? since : memory.asOf(), now);
        }
        double rented = memory.rented().toMillis() * faded + memory.replicas() * since(memory.asOf(), now);
        return new Memory(
                Math.round(memory.microLosses() * faded),
                Duration.ofMillis(Math.round(held)),
                Math.round(memory.microStarts() * faded),
                Duration.ofMillis(Math.round(rented)),
                memory.replicas(),
                now);
    }

    /// The same after one more loss.
    static Memory lost(Memory memory) {
        return new Memory(
                memory.microLosses() + ONE,
                memory.held(),
                memory.microStarts(),
                memory.rented(),
                memory.replicas(),
                memory.asOf());
    }

    /// The same after one more start.
    static Memory started(Memory memory) {
        return new Memory(
                memory.microLosses(),
                memory.held(),
                memory.microStarts() + ONE,
                memory.rented(),
                memory.replicas(),
                memory.asOf());
    }

    /// The same with so many replicas from now on.
    static Memory keeping(Memory memory, int replicas) {
        return new Memory(
                memory.microLosses(), memory.held(), memory.microStarts(), memory.rented(), replicas, memory.asOf());
    }

    static double losses(Memory memory) {
        return memory.microLosses() / (double) ONE;
    }

    static double heldHours(Memory memory) {
        return memory.held().toMillis() / MILLIS_PER_HOUR;
    }

    static double starts(Memory memory) {
        return memory.microStarts() / (double) ONE;
    }

    static double rentedHours(Memory memory) {
        return memory.rented().toMillis() / MILLIS_PER_HOUR;
    }

    /// What the time since then is worth now, each moment of it as much as is left of it.
    private static double since(Instant from, Instant now) {
        return MILLIS_PER_HALF_LIFE / Math.log(2) * (1 - remaining(from, now));
    }

    private static double remaining(Instant from, Instant now) {
        return now.isAfter(from) ? Math.pow(0.5, Duration.between(from, now).toMillis() / MILLIS_PER_HALF_LIFE) : 1;
    }
}
