package dev.skyhedge.watch;

import dev.skyhedge.console.Console;
import dev.skyhedge.console.ConsoleSources;
import dev.skyhedge.console.NoticeDesk;
import dev.skyhedge.console.PageSources;
import dev.skyhedge.console.Readiness;
import dev.skyhedge.console.StartResult;
import dev.skyhedge.console.live.LiveFeed;
import dev.skyhedge.console.metrics.EngineMetrics;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.change.SpecChanges;
import dev.skyhedge.watch.change.SpecFileWatch;
import dev.skyhedge.watch.endpoints.ServiceBalancers;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.installation.Surroundings;
import dev.skyhedge.watch.news.WatchNews;
import dev.skyhedge.watch.news.WatchSummary;
import dev.skyhedge.watch.planning.FollowedSpec;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One watching process: its control plane ([Leadership]), its data plane ([ServiceBalancers]), its console and its
/// look at the spec's files, none of which ends with another.
public final class Watcher implements AutoCloseable {
    /// Instances give up on an answer after 5 s, and repeat the notice.
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(3);

    private final Surroundings surroundings;
    private final StateStore store;
    private final WatchSettings settings;
    private final SpecChanges changes;
    private final SpecFileWatch files;
    private final WatchNews news;
    private final EngineMetrics metrics;
    private final LiveFeed feed = new LiveFeed();
    private final ServiceBalancers balancers;
    private final Leadership leadership;

    /// @param store stays the caller's to close
    /// @param settings how to watch
    /// @param changes decides about changes of them
    /// @param news tells people
    public Watcher(
            Surroundings surroundings, StateStore store, WatchSettings settings, SpecChanges changes, WatchNews news) {
        this.surroundings = surroundings;
        this.store = store;
        this.settings = settings;
        this.changes = changes;
        this.files = new SpecFileWatch(changes::inputs, this::seen);
        this.news = news;
        this.metrics = new EngineMetrics(surroundings.clock());
        changes.tells(message -> {
            // What is not saved is not shown by others, and is said here all the same.
            boolean unused = pass(message);
        });
        this.balancers = new ServiceBalancers(
                surroundings.clock(), new Secrets(surroundings.environment()), this::tell, news::say);
        this.leadership =
                new Leadership(surroundings, store, settings, changes, balancers, metrics, feed, news, this::ordered);
    }

    /// Watches until it is told to stop.
    ///
    /// @throws Refusal if it cannot begin
    public void run(LoadedSpec first) {
        Thread.ofVirtual().name("spec-files").start(files);
        try (Console console = console(desk(first))) {
            leadership.run();
            balancers.stop(settings.drainTimeout());
            news.say(
                    leadership.isDestroyed()
                            ? "Stopped. Everything has ended, as ordered."
                            : "Stopped. The replicas keep running: `skyhedge destroy` ends them, `skyhedge status` shows"
                                    + " them.");
            news.say(summary());
        }
    }

    /// Has [#run(LoadedSpec)] come to an end; returns at once.
    public void stop() {
        leadership.stop();
    }

    /// Has the files of the spec read again though they are as they were.
    public void readAgain() {
        files.readAgain();
    }

    private String summary() {
        try {
            return WatchSummary.text(metrics, balancers.lastRequests().afterDeath(store.spend("")));
        } catch (StateException e) {
            return WatchSummary.text(metrics, List.of());
        }
    }

    private Optional<NoticeDesk> desk(LoadedSpec loaded) {
        return settings.notices()
                .authority(
                        surroundings.environment(),
                        settings.directory(),
                        loaded.spec().orElseThrow())
                .map(authority -> new NoticeDesk(authority, notice -> pass(new Message.Noticed(notice))));
    }

    /// Whether a controller has taken it, and saved what it led to: what is acknowledged is not told again.
    private boolean pass(Message message) {
        return leadership
                .controller()
                .map(running -> running.deliver(message))
                .orElseGet(() -> CompletableFuture.completedFuture(false))
                .toCompletableFuture()
                .completeOnTimeout(false, NOTICE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Console console(Optional<NoticeDesk> desk) {
        var console = new Console(
                settings.admin(),
                new ConsoleSources(
                        () -> new Readiness(missing()),
                        this::metricsNow,
                        settings.status(),
                        limit -> store.events("", limit),
                        () -> tell(new Message.Tick()),
                        desk,
                        Optional.of(new PageSources(surroundings.clock(), settings.spend(), feed))));
        switch (console.start()) {
            case StartResult.Listening listening -> {
                news.say("Admin endpoint: " + listening.uri());
                news.say("Console: " + listening.uri() + "/");
                console.noticePort().ifPresent(port -> news.say("Notices are also taken on port " + port + "."));
            }
            case StartResult.Refused refused ->
                throw new Refusal(
                        "The admin endpoint cannot be opened",
                        refused.reason()
                                + (refused.reason().endsWith(".")
                                        ? ""
                                        : " Choose another port with -admin-port, or 0 for any free one."));
        }
        return console;
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>(leadership.missing());
        missing.addAll(metrics.missing());
        missing.addAll(balancers.missing());
        return missing;
    }

    private List<MetricSnapshots> metricsNow() {
        return List.of(balancers.metrics(), metrics.snapshots());
    }

    /// Takes in files that have changed; the next controller has the spec once it may be applied. Reconciling goes on
    /// meanwhile.
    private boolean seen(SpecFileWatch.Seen seen) {
        if (leadership.isStopped()) {
            return true;
        }
        return switch (changes.take(seen, leadership.isLeading())) {
            case SpecChanges.Outcome.LookAgain _ -> false;
            case SpecChanges.Outcome.Unchanged _ -> true;
            case SpecChanges.Outcome.Follow(FollowedSpec next) -> {
                leadership.replace(next);
                yield true;
            }
        };
    }

    /// An order to apply files: they are read, whether or not they have changed.
    private void ordered(PlacedOrder placed) {
        Optional<Message.OrderRefused> refusal = changes.refusal(placed);
        refusal.ifPresent(this::tell);
        if (refusal.isEmpty() && changes.ordered(placed)) {
            files.tellAgain();
        }
    }

    private void tell(Message message) {
        leadership.tell(message);
    }

    @Override
    public void close() {
        balancers.close();
    }
}
