package dev.skyhedge.state.records;

import dev.skyhedge.spi.CloudAccount;

/// Which cloud a provider was when something was last done through it.
///
/// @param provider its name
/// @param account endpoint and account
public record ProviderAccount(String provider, CloudAccount account) {}
