package dev.skyhedge.spi;

import java.util.List;

/// Something that a provider is known to rent out before any cloud is asked: what a spec may name.
///
/// @param accelerator what it computes with
/// @param region where
/// @param zones the zones of the region that have it; empty if their names are not known
public record Listed(Accelerator accelerator, String region, List<String> zones) {
    public Listed {
        zones = List.copyOf(zones);
    }
}
