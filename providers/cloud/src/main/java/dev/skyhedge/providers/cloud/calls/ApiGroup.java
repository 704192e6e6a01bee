package dev.skyhedge.providers.cloud.calls;

/// Calls that a cloud counts together when it limits their rate.
///
/// @param account whose calls
/// @param region where; empty for calls that have no region
/// @param group the cloud's group of actions, such as `describe` or `run`
public record ApiGroup(String account, String region, String group) {}
