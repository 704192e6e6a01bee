package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth.Memory;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Keeps the track records of spot zones: since when each has kept what it gave.
final class TrackRecords {
    /// Losses this close together are one event.
    private static final Duration ONE_EVENT = Duration.ofSeconds(45);

    /// Both counts are halved beyond this, so that old events fade.
    private static final int MAX_COUNTED_LOSSES = 32;

    /// Of a calm time that ended because we left, this part still counts when we come back.
    private static final int CREDIT_DIVISOR = 2;

    private TrackRecords() {}

    static TrackRecord arrived(TrackRecord known, Offer offer, int others, Instant now) {
        if (offer.market() != Market.SPOT) {
            return known;
        }
        Memory memory = ZoneMemory.keeping(ZoneMemory.started(ZoneMemory.at(known, now)), others + 1);
        return others > 0 && known.heldSince().isPresent()
                ? held(known, known.heldSince(), known.calmBefore(), memory)
                : held(known, Optional.of(now), known.calmBefore(), memory);
    }

    static TrackRecord left(TrackRecord known, Offer offer, int others, Instant now) {
        if (offer.market() != Market.SPOT) {
            return known;
        }
        Memory memory = ZoneMemory.keeping(ZoneMemory.at(known, now), others);
        return others > 0
                ? held(known, known.heldSince(), known.calmBefore(), memory)
                : held(known, Optional.empty(), calm(known, now).dividedBy(CREDIT_DIVISOR), memory);
    }

    /// What it keeps may go soon, but nothing was lost: its calm time counts from now.
    static TrackRecord doubted(TrackRecord known, Instant now) {
        return held(known, known.heldSince().map(_ -> now), Duration.ZERO, ZoneMemory.at(known, now));
    }

    /// A refusal where something of ours stays says only that there is no room for more.
    static TrackRecord refused(TrackRecord known, Offer offer, int others, Instant now) {
        if (offer.market() != Market.SPOT || others > 0) {
            return known;
        }
        return new TrackRecord(
                Optional.empty(),
                Duration.ZERO,
                Optional.of(now),
                known.lostAt(),
                false,
                known.wholeLosses(),
                known.partialLosses(),
                ZoneMemory.keeping(ZoneMemory.at(known, now), 0));
    }

    static TrackRecord lost(TrackRecord known, Offer offer, int others, Instant now) {
        if (offer.market() != Market.SPOT) {
            return known;
        }
        boolean sameEvent =
                known.lostAt().filter(at -> !at.plus(ONE_EVENT).isBefore(now)).isPresent();
        int whole = known.wholeLosses();
        int partial = known.partialLosses();
        if (!sameEvent && others > 0) {
            partial++;
        } else if (sameEvent && others == 0 && known.leftSurvivors()) {
            // What looked like a part was the first of all.
            partial = Math.max(0, partial - 1);
            whole++;
        }
        Memory memory = ZoneMemory.keeping(ZoneMemory.at(known, now), others);
        boolean fade = whole + partial > MAX_COUNTED_LOSSES;
        return new TrackRecord(
                others > 0 ? Optional.of(now) : Optional.empty(),
                Duration.ZERO,
                Optional.of(now),
                Optional.of(now),
                others > 0,
                fade ? whole / 2 : whole,
                fade ? partial / 2 : partial,
                sameEvent ? memory : ZoneMemory.lost(memory));
    }

    /// How long the zone has been calm, as far as we know.
    static Duration calm(TrackRecord known, Instant now) {
        return seenCalm(known, now).plus(known.calmBefore());
    }

    /// The part of it that was seen and not credited: zero if nothing of ours is there.
    static Duration seenCalm(TrackRecord known, Instant now) {
        return known.heldSince()
                .map(since -> Duration.between(since, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static TrackRecord held(TrackRecord known, Optional<Instant> since, Duration before, Memory memory) {
        return new TrackRecord(
                since,
                before,
                known.troubledAt(),
                known.lostAt(),
                known.leftSurvivors(),
                known.wholeLosses(),
                known.partialLosses(),
                memory);
    }
}
