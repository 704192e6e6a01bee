package dev.skyhedge.providers.cloud.contract;

/// What the fake calls the calls that every cloud has.
///
/// @param create rents an instance
/// @param delete gives it back
/// @param get looks at one
/// @param list looks at all of a lineage
/// @param operation asks how far an operation is
public record CallNames(String create, String delete, String get, String list, String operation) {}
