package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Offer;
import java.time.Instant;

/// Something that happened to a rented instance. Entries are only ever added; those of instances that have long ended
/// may be carried forward in one.
public sealed interface LedgerEntry {
    /// What it happened to.
    String instanceId();

    /// It was rented.
    record Launched(String instanceId, Instant at, Offer offer, InstanceTags tags, String fingerprint)
            implements LedgerEntry {}

    /// Its machine is about to run the workload.
    record Running(String instanceId, Instant at, Endpoint endpoint, String machine) implements LedgerEntry {}

    /// The market changed its price.
    ///
    /// @param price from then on
    record Repriced(String instanceId, Instant at, HourlyPrice price) implements LedgerEntry {}

    /// It ended.
    ///
    /// @param costMicroDollars what it has cost in all
    record Ended(String instanceId, Instance.End end, long costMicroDollars) implements LedgerEntry {}

    /// Instances that have long ended stand here instead of in entries of their own. It is the first entry if there is
    /// one.
    ///
    /// @param instanceId the latest that was ever rented: no other instance gets an id that was used before
    /// @param costMicroDollars what they have cost together
    record Carried(String instanceId, long costMicroDollars) implements LedgerEntry {}
}
