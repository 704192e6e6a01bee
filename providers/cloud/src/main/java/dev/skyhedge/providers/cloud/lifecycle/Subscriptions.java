package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.spi.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The subscriptions of a client that are still open, so that closing the client closes them. Thread-safe.
public final class Subscriptions implements AutoCloseable {
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();

    /// Keeps a subscription until it is closed.
    ///
    /// @return the same one, for whoever subscribed
    public Subscription keep(Subscription subscription) {
        open.add(subscription);
        return () -> {
            open.remove(subscription);
            subscription.close();
        };
    }

    @Override
    public void close() {
        open.forEach(Subscription::close);
        open.clear();
    }
}
