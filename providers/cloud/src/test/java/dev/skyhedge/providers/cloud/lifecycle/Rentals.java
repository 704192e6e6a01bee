package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.Optional;

/// Instances for tests.
final class Rentals {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private Rentals() {}

    static Instance spot(String id, String lineage, InstanceState state) {
        Offer offer = new Offer(
                "g2-standard-4",
                Accelerator.parse("L4:1"),
                new Location("gcp", "us-central1", "us-central1-a"),
                Market.SPOT,
                HourlyPrice.ofUsd("0.28"));
        InstanceTags tags = new InstanceTags(lineage, "chat", id, 1, new IdempotencyToken("t" + id.replace("-", "")));
        return new Instance(id, offer, tags, state, Optional.<Endpoint>empty(), START, Optional.empty());
    }
}
