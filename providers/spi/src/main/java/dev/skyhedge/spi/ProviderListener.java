package dev.skyhedge.spi;

/// Receives a provider's events, one at a time.
@FunctionalInterface
public interface ProviderListener {
    void on(ProviderEvent event);
}
