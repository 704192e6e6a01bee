package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// Tells what changes by looking again and again, for clouds that announce a preemption inside the machine only.
/// From outside it shows as a spot instance that stops without our having asked.
public final class EventPoll implements Subscription {
    private final Supplier<Outcome<Observation>> observe;
    private final Function<Instance, Optional<Instant>> preemption;
    private final ProviderListener listener;
    private final Timing timing;
    private final CountDownLatch closed = new CountDownLatch(1);

    private final SeenChanges changes = new SeenChanges();
    private final Set<String> announced = new HashSet<>();

    /// How fast things go.
    ///
    /// @param notice how long a preempted machine has to shut down, at most
    /// @param period from one look to the next, in real time
    public record Timing(Duration notice, Duration period) {}

    private EventPoll(
            Supplier<Outcome<Observation>> observe,
            Function<Instance, Optional<Instant>> preemption,
            ProviderListener listener,
            Timing timing) {
        this.observe = observe;
        this.preemption = preemption;
        this.listener = listener;
        this.timing = timing;
    }

    /// Begins. The first look is at once; it tells of every live instance.
    ///
    /// @param cloud whose events, for the thread's name
    /// @param observe looks at the lineage
    /// @param preemption since when the cloud is taking an instance back; empty if it is not
    public static EventPoll start(
            String cloud,
            Supplier<Outcome<Observation>> observe,
            Function<Instance, Optional<Instant>> preemption,
            ProviderListener listener,
            Timing timing) {
        EventPoll poll = new EventPoll(observe, preemption, listener, timing);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Thread thread = Thread.ofVirtual().name(cloud + "-events").unstarted(poll::run);
        thread.setContextClassLoader(context);
        thread.start();
        return poll;
    }

    private void run() {
        try {
            do {
                changes.take(observe.get(), this::tell, this::compare);
            } while (!closed.await(timing.period().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(Instance now) {
        boolean changed = changes.isNews(now);
        if (now.state() == InstanceState.STOPPING && now.offer().market() == Market.SPOT) {
            announce(now);
        }
        if (changed) {
            if (!now.isLive()) {
                announced.remove(now.id());
            }
            tell(new ProviderEvent.InstanceChanged(now));
        }
    }

    private void announce(Instance stopping) {
        if (!announced.contains(stopping.id())) {
            preemption.apply(stopping).ifPresent(since -> {
                announced.add(stopping.id());
                tell(new ProviderEvent.PreemptionNotice(stopping.id(), stopping.tags(), since.plus(timing.notice())));
            });
        }
    }

    private void tell(ProviderEvent event) {
        if (closed.getCount() > 0) {
            listener.on(event);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
