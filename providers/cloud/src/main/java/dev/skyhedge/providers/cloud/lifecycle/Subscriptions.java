package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.spi.Subscription;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The subscriptions of a client that are still open, so that closing the client closes them. Thread-safe.
///
/// @param <S> the kind that the client has
public final class Subscriptions<S extends Subscription> implements AutoCloseable {
    private final Set<S> open = ConcurrentHashMap.newKeySet();

    /// Keeps a subscription until it is closed.
    ///
    /// @return the same one, for whoever subscribed
    public Subscription keep(S subscription) {
        open.add(subscription);
        return () -> {
            open.remove(subscription);
            subscription.close();
        };
    }

    /// Does something with each that is open.
    public void forEach(Consumer<S> work) {
        open.forEach(work);
    }

    @Override
    public void close() {
        open.forEach(Subscription::close);
        open.clear();
    }
}
