package dev.skyhedge.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Machine types and their prices, as they were at one time.
///
/// @param provider the name of the cloud
/// @param pricedAt when the prices were true
/// @param source where they come from, for people
/// @param entries in the order of the file
public record PriceCatalog(String provider, Instant pricedAt, String source, List<Entry> entries) {
    public PriceCatalog {
        entries = List.copyOf(entries);
    }

    /// A machine type in some zones of a region.
    ///
    /// @param instanceType the cloud's name of the machine type
    /// @param accelerator what it computes with
    /// @param shape how large it is
    /// @param region where
    /// @param zones the zones in which it costs this; empty means every zone of the region
    /// @param onDemand price; empty if it is not sold or not known
    /// @param spot price; empty if it is not sold or not known
    public record Entry(
            String instanceType,
            Accelerator accelerator,
            MachineShape shape,
            String region,
            List<String> zones,
            Optional<HourlyPrice> onDemand,
            Optional<HourlyPrice> spot) {
        public Entry {
            zones = List.copyOf(zones);
        }
    }
}
