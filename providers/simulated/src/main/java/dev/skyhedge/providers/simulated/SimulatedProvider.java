package dev.skyhedge.providers.simulated;

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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A client of a cloud in memory. Several may share one cloud, as several processes share a real one: what a
/// client rented stays when the client is closed.
public final class SimulatedProvider implements Provider {
    private static final int PARALLEL_CALLS = 10;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private final Cloud cloud;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    public SimulatedProvider(Cloud cloud) {
        this.cloud = cloud;
    }

    /// The cloud behind it: its clock, ledger and faults.
    public Cloud cloud() {
        return cloud;
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(
                PARALLEL_CALLS, CALL_TIMEOUT, cloud.description().rules().visibilityDelay());
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        return cloud.offers(query);
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        return cloud.launch(request);
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return cloud.observe(lineage);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return cloud.terminate(instanceId, location);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        Subscription subscription = cloud.events(lineage, listener);
        subscriptions.add(subscription);
        return () -> {
            subscriptions.remove(subscription);
            subscription.close();
        };
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return cloud.logs(instanceId, location, offset, maxBytes);
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
    }
}
