package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Offer;
import java.time.Instant;

/// Something that happened to a rented instance. Entries are only ever added.
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
}
