package dev.skyhedge.spi.conformance;

import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// What the suite needs from a provider's own tests: a fresh cloud with at least two zones, and its levers.
public interface ProviderHarness extends AutoCloseable {
    /// The provider under test.
    Provider provider();

    /// Another client of the same cloud.
    Provider secondClient();

    /// An on-demand offer that can be rented.
    Offer onDemandOffer();

    /// A spot offer that can be rented; another one where nothing is spot.
    Offer spotOffer();

    /// Whether anything is rented that may be taken back: if not, the suite skips what is about that.
    default boolean sellsSpot() {
        return true;
    }

    /// An offer that looks right but is sold nowhere.
    default Offer unknownOffer() {
        Offer known = onDemandOffer();
        return new Offer("no-such-type", known.accelerator(), known.location(), known.market(), known.price());
    }

    /// A workload that prints `ready` and runs until it is ended.
    Workload workload();

    /// Lets a moment pass: a virtual clock advances, a real one waits a few milliseconds.
    void letTimePass();

    /// Gives the provider what it needs of real time to see what is now, before any more of a virtual time passes. Does
    /// nothing where one clock is for both.
    ///
    /// @param seen whether it has seen it
    default void letBeSeen(BooleanSupplier seen) {}

    /// How long the suite waits, in wall time, for what must come.
    default Duration patience() {
        return Duration.ofSeconds(20);
    }

    /// Makes the cloud take an instance back, with a notice before it.
    void preempt(String instanceId);

    /// Makes a location unreachable.
    void cutOff(Location location);

    /// Ends [#cutOff].
    void reconnect(Location location);

    /// Makes the delivery of events lose some.
    void disturbEvents();

    /// Whether the cloud keeps logs.
    boolean keepsLogs();

    @Override
    void close();
}
