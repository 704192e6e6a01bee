package dev.skyhedge.state.records;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What placement has learnt about renting an accelerator in one market at a location. Location, accelerator and
/// market identify it.
///
/// @param location the zone
/// @param accelerator what was rented there
/// @param market how
/// @param status whether to place there
/// @param failures consecutive failures there
/// @param since when the status began
/// @param retryAt before this time a further launch there is pointless
/// @param evidence why, for people
/// @param history how long and how well the zone has kept what it gave
public record ZoneHealth(
        Location location,
        Accelerator accelerator,
        Market market,
        Status status,
        int failures,
        Instant since,
        Instant retryAt,
        String evidence,
        TrackRecord history) {
    /// Without a track record.
    public ZoneHealth(
            Location location,
            Accelerator accelerator,
            Market market,
            Status status,
            int failures,
            Instant since,
            Instant retryAt,
            String evidence) {
        this(location, accelerator, market, status, failures, since, retryAt, evidence, TrackRecord.NONE);
    }

    /// SpotHedge's two lists.
    public enum Status {
        ACTIVE,
        PREEMPTING
    }

    /// How long and how well a zone has kept what it gave.
    ///
    /// @param heldSince since when something of ours has been there without a loss; empty if nothing is there
    /// @param calmBefore what is still credited of calm times before that
    /// @param troubledAt when it last took something back or had no capacity for a first replica; empty if never
    /// @param lostAt when it last took something back; empty if never
    /// @param leftSurvivors whether others of ours stayed when it last took something back
    /// @param wholeLosses times that it took back all of several replicas at once
    /// @param partialLosses times that it took back some of several
    /// @param memory what it did over the last days, earlier things counting less
    public record TrackRecord(
            Optional<Instant> heldSince,
            Duration calmBefore,
            Optional<Instant> troubledAt,
            Optional<Instant> lostAt,
            boolean leftSurvivors,
            int wholeLosses,
            int partialLosses,
            Memory memory) {
        /// Nothing is known.
        public static final TrackRecord NONE = new TrackRecord(
                Optional.empty(), Duration.ZERO, Optional.empty(), Optional.empty(), false, 0, 0, Memory.NONE);
    }

    /// What a zone did, fading with time: all of it is as of one instant, and counts less the longer ago that is.
    ///
    /// @param microLosses times that it took something back, in millionths
    /// @param held how long it kept something of ours
    /// @param microStarts launches that it accepted, in millionths
    /// @param rented what was held there, in replicas times time
    /// @param replicas how many of ours are there since then
    /// @param asOf when all this was brought up to date last
    public record Memory(
            long microLosses, Duration held, long microStarts, Duration rented, int replicas, Instant asOf) {
        /// Nothing is remembered.
        public static final Memory NONE = new Memory(0, Duration.ZERO, 0, Duration.ZERO, 0, Instant.EPOCH);
    }
}
