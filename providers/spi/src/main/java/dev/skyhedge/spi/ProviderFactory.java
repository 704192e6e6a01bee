package dev.skyhedge.spi;

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
}
