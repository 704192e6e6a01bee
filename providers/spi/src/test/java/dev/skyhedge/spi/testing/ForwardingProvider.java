package dev.skyhedge.spi.testing;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;

/// Does what the provider behind it does, but for what a test overrides.
public abstract class ForwardingProvider implements Provider {
    private final Provider provider;

    protected ForwardingProvider(Provider provider) {
        this.provider = provider;
    }

    @Override
    public ProviderLimits limits() {
        return provider.limits();
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        return provider.offers(query);
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        return provider.launch(request);
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return provider.observe(lineage);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return provider.terminate(instanceId, location);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        return provider.events(lineage, listener);
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return provider.logs(instanceId, location, offset, maxBytes);
    }

    @Override
    public void close() {
        provider.close();
    }
}
