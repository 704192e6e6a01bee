package dev.skyhedge.specs;

/// An `import` block: an instance that runs already becomes a replica of a service.
///
/// @param to the service
/// @param id the instance as its provider names it
public record Import(WorkloadAddress to, String id) {}
