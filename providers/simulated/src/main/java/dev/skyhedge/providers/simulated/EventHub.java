package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Brings events to listeners, each one's in order and one at a time, in the thread that calls [#deliver].
///
/// [#publish] only queues, so that it may be called with a lock held; [#deliver] calls listeners and must not
/// be.
final class EventHub {
    /// More events than this waiting for one listener are dropped, and it is told of the gap.
    private static final int MAX_WAITING = 100_000;

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    Subscription subscribe(String lineage, ProviderListener listener) {
        Subscriber subscriber = new Subscriber(lineage, listener);
        subscribers.add(subscriber);
        return () -> {
            subscribers.remove(subscriber);
            subscriber.close();
        };
    }

    void publish(String lineage, ProviderEvent event) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.lineage.equals(lineage)) {
                subscriber.add(event);
            }
        }
    }

    /// Loses what is waiting and tells everybody so.
    void disturb(String reason) {
        subscribers.forEach(subscriber -> subscriber.lose(reason));
    }

    void deliver() {
        subscribers.forEach(Subscriber::drain);
    }

    private static final class Subscriber {
        private final String lineage;
        private final ProviderListener listener;
        private final Deque<ProviderEvent> waiting = new ArrayDeque<>();
        private boolean draining;
        private boolean closed;

        Subscriber(String lineage, ProviderListener listener) {
            this.lineage = lineage;
            this.listener = listener;
        }

        synchronized void add(ProviderEvent event) {
            if (closed) {
                return;
            }
            if (waiting.size() >= MAX_WAITING) {
                lose("more than " + MAX_WAITING + " events were waiting");
            }
            waiting.add(event);
        }

        synchronized void lose(String reason) {
            waiting.clear();
            waiting.add(new ProviderEvent.Gap(reason));
        }

        synchronized void close() {
            closed = true;
            waiting.clear();
        }

        private synchronized @Nullable ProviderEvent next() {
            ProviderEvent event = waiting.poll();
            draining = event != null;
            return event;
        }

        private synchronized boolean begin() {
            boolean begins = !draining && !waiting.isEmpty();
            draining = draining || begins;
            return begins;
        }

        void drain() {
            if (!begin()) {
                return;
            }
            boolean delivered = false;
            try {
                for (ProviderEvent event = next(); event != null; event = next()) {
                    listener.on(event);
                }
                delivered = true;
            } finally {
                if (!delivered) {
                    synchronized (this) {
                        draining = false;
                    }
                }
            }
        }
    }
}
