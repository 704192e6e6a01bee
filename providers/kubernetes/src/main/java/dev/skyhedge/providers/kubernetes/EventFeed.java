package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.lifecycle.SeenChanges;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells what changes. The cluster's watch says that something did, and then one look says what; so nothing
/// depends on every single event having come. Without a watch the looks go on by the clock alone.
final class EventFeed implements Subscription {
    /// Changes come in groups; one look serves them all.
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private static final String HINT = " hint";

    private final Supplier<Outcome<Observation>> look;
    private final Function<Watcher<Pod>, Outcome<Watch>> watch;
    private final Consumer<Pod> lastWords;
    private final Function<String, Optional<Disruption>> disruption;
    private final ProviderListener listener;
    private final Duration period;

    private final Semaphore wake = new Semaphore(0);
    private final SeenChanges changes = new SeenChanges();
    private final Set<String> announced = new HashSet<>();
    private volatile boolean closed;
    private volatile String brokeOff = "";

    @Nullable
    private volatile Watch open;

    /// @param look looks at the lineage
    /// @param watch opens a watch of the lineage's pods
    /// @param lastWords keeps what a watch says of a pod that is gone
    /// @param disruption what is about to take an instance, by its id
    /// @param period how often to look when nothing seems to happen, in real time
    EventFeed(
            Supplier<Outcome<Observation>> look,
            Function<Watcher<Pod>, Outcome<Watch>> watch,
            Consumer<Pod> lastWords,
            Function<String, Optional<Disruption>> disruption,
            ProviderListener listener,
            Duration period) {
        this.look = look;
        this.watch = watch;
        this.lastWords = lastWords;
        this.disruption = disruption;
        this.listener = listener;
        this.period = period;
    }

    /// Begins. The first look is at once; it tells of every live instance.
    EventFeed start() {
        Thread thread = Thread.ofVirtual().name("kubernetes-events").unstarted(this::run);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                keepWatching();
                tellOfBreak();
                changes.take(look.get(), this::tell, this::compare);
                if (wake.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS)) {
                    Thread.sleep(period.compareTo(TOGETHER) < 0 ? period : TOGETHER);
                }
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A watch that cannot be opened is tried again at the next look; what it would have said is looked for
    /// until then.
    private void keepWatching() {
        Waker waker = new Waker();
        if (open == null && watch.apply(waker) instanceof Outcome.Done<Watch>(Watch opened)) {
            open = opened;
            if (waker.over) {
                open = null;
            }
            if (closed) {
                opened.close();
            }
        }
    }

    private void tellOfBreak() {
        String why = brokeOff;
        if (!why.isEmpty()) {
            brokeOff = "";
            tell(new ProviderEvent.Gap("The watch broke off: " + why));
        }
    }

    private void compare(Instance now) {
        boolean knew = changes.before(now.id()).filter(Instance::isLive).isPresent();
        boolean changed = changes.isNews(now);
        if (now.offer().market() == Market.SPOT && (now.isLive() || knew)) {
            disruption.apply(now.id()).ifPresent(found -> announce(now, found));
        }
        if (changed) {
            tell(new ProviderEvent.InstanceChanged(now));
        }
        if (!now.isLive()) {
            announced.remove(now.id());
            announced.remove(now.id() + HINT);
        }
    }

    private void announce(Instance instance, Disruption found) {
        if (announced.add(instance.id() + (found.hint() ? HINT : ""))) {
            tell(
                    found.hint()
                            ? new ProviderEvent.RebalanceHint(instance.id(), instance.tags())
                            : new ProviderEvent.PreemptionNotice(instance.id(), instance.tags(), found.deadline()));
        }
    }

    private void tell(ProviderEvent event) {
        if (!closed) {
            listener.on(event);
        }
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        Watch watching = open;
        if (watching != null) {
            watching.close();
        }
    }

    /// Hears the watch; runs on the client's threads.
    private final class Waker implements Watcher<Pod> {
        /// It may be over before the call that opened it returns.
        private volatile boolean over;

        @Override
        public void eventReceived(Action action, @Nullable Pod pod) {
            if (pod != null && (action == Action.DELETED || action == Action.MODIFIED)) {
                lastWords.accept(pod);
            }
            wake.release();
        }

        @Override
        public void onClose() {
            over = true;
            open = null;
            wake.release();
        }

        @Override
        public void onClose(WatcherException cause) {
            brokeOff = cause.getMessage() == null ? "no reason given" : cause.getMessage();
            onClose();
        }
    }
}
