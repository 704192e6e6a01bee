package dev.skyhedge.spi;

import java.time.Duration;
import java.util.List;

/// The door of a provider plugin, found by `ServiceLoader`. Loading it and checking settings touches no SDK.
public interface ProviderFactory {
    /// The name in `provider "name"` and the first segment of its locations.
    String name();

    /// The attributes that the provider's block may have.
    List<String> settingNames();

    /// Checks settings without I/O; empty means that they are good.
    List<SettingProblem> check(ProviderSettings settings);

    /// Opens a client. Fails with a value if credentials are missing or the cloud cannot be reached.
    Outcome<Provider> open(ProviderSettings settings);

    /// The list prices in force: those that the plugin ships, or newer ones from its directory. Asks no cloud and
    /// needs no credentials. Fails with [Failure.UnsupportedHere] where there is no such list.
    default Outcome<PriceCatalog> catalog(ProviderSettings settings) {
        return Outcome.failed(Failure.unsupportedEverywhere("provider " + name() + " has no price catalogue"));
    }

    /// What is known to be rented out, by the list prices or by the settings. Asks no cloud. A cloud may have more by
    /// now, so what is not there is doubtful and not wrong. Empty if nothing is known.
    default List<Listed> listed(ProviderSettings settings) {
        return switch (catalog(settings)) {
            case Outcome.Done<PriceCatalog>(PriceCatalog catalog) ->
                catalog.entries().stream()
                        .map(entry -> new Listed(entry.accelerator(), entry.region(), entry.zones()))
                        .distinct()
                        .toList();
            case Outcome.Failed<PriceCatalog> _ -> List.of();
        };
    }

    /// Whether instances are reached at addresses of the public internet, by what the settings say. Asks no cloud.
    default boolean hasPublicAddresses(ProviderSettings settings) {
        return false;
    }

    /// Whether its instances can have an [Entrance] in front of their workloads.
    default boolean hasEntrances() {
        return false;
    }

    /// For how long an instance is billed, however soon it ends: a minute with AWS, Google and Azure.
    default Duration billedAtLeast() {
        return Duration.ofMinutes(1);
    }
}
