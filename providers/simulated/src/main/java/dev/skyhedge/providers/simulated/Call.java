package dev.skyhedge.providers.simulated;

/// The calls of a provider that can be made to fail.
public enum Call {
    OFFERS,
    LAUNCH,
    OBSERVE,
    TERMINATE,
    LOGS
}
