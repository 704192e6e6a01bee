package dev.skyhedge.spi.conformance;

/// What every provider must do. A provider's tests extend this class and give it a harness.
///
/// Safety ("never a second instance for one token") and liveness ("in the end it runs") are told apart by name:
/// the latter say `eventually`.
///
/// The tests stand in the classes above this one, by subject.
public abstract class ProviderConformance extends EventConformance {}
