package dev.skyhedge.cli;

import dev.skyhedge.console.Console;
import dev.skyhedge.console.ConsoleSettings;
import dev.skyhedge.console.ConsoleSources;
import dev.skyhedge.console.NoticeDesk;
import dev.skyhedge.console.Readiness;
import dev.skyhedge.console.StartResult;
import dev.skyhedge.console.metrics.EngineMetrics;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One watching process: its control plane ([Leadership]), its data plane ([ServiceBalancers]), its console and its
/// look at the spec's files, none of which ends with another.
final class Watcher implements AutoCloseable {
    /// Instances give up on an answer after 5 s, and repeat the notice.
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(3);

    private final Context context;
    private final StateStore store;
    private final Path directory;
    private final NoticeArguments notices;
    private final SpecChanges changes;
    private final SpecFileWatch files;
    private final WatchNews news;
    private final EngineMetrics metrics;
    private final ServiceBalancers balancers;
    private final Leadership leadership;

    Watcher(
            Context context,
            StateStore store,
            Path directory,
            SpecArguments arguments,
            SpecChanges changes,
            WatchNews news,
            NoticeArguments notices) {
        this.context = context;
        this.store = store;
        this.directory = directory;
        this.notices = notices;
        this.changes = changes;
        this.files = new SpecFileWatch(arguments::inputs, this::seen);
        this.news = news;
        this.metrics = new EngineMetrics(context.clock());
        changes.tells(message -> {
            // What is not saved is not shown by others, and is said here all the same.
            boolean unused = pass(message);
        });
        this.balancers = new ServiceBalancers(context.clock(), this::tell, news::say);
        this.leadership =
                new Leadership(context, store, directory, changes, notices, balancers, metrics, news, this::ordered);
    }

    /// Watches until it is told to stop.
    ///
    /// @throws CommandFailure if it cannot begin
    void run(LoadedSpec first, ConsoleSettings admin, Duration drainTimeout) {
        ExitSignals.stopGently(context.terminal(), leadership::stop);
        ExitSignals.reload(files::readAgain);
        Thread.ofVirtual().name("spec-files").start(files);
        try (Console console = console(admin, desk(first))) {
            leadership.run();
            balancers.stop(drainTimeout);
            news.say(
                    leadership.isDestroyed()
                            ? "Stopped. Everything has ended, as ordered."
                            : "Stopped. The replicas keep running: `skyhedge destroy` ends them, `skyhedge status` shows"
                                    + " them.");
            news.say(summary());
        }
    }

    private String summary() {
        try {
            return WatchSummary.text(metrics, balancers.lastRequests().afterDeath(store.spend("")));
        } catch (StateException e) {
            return WatchSummary.text(metrics, List.of());
        }
    }

    private Optional<NoticeDesk> desk(LoadedSpec loaded) {
        return notices.authority(context, directory, loaded.spec().orElseThrow())
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

    private Console console(ConsoleSettings settings, Optional<NoticeDesk> desk) {
        var console = new Console(
                settings,
                new ConsoleSources(
                        () -> new Readiness(missing()),
                        this::metricsTexts,
                        () -> StatusDocument.of(store, context.clock().instant()),
                        limit -> store.events("", limit),
                        () -> tell(new Message.Tick()),
                        desk));
        switch (console.start()) {
            case StartResult.Listening listening -> {
                news.say("Admin endpoint: " + listening.uri());
                console.noticePort().ifPresent(port -> news.say("Notices are also taken on port " + port + "."));
            }
            case StartResult.Refused refused ->
                throw new CommandFailure(
                        "The admin endpoint cannot be opened",
                        refused.reason() + " Choose another port with -admin-port, or 0 for any free one.");
        }
        return console;
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>(leadership.missing());
        missing.addAll(metrics.missing());
        missing.addAll(balancers.missing());
        return missing;
    }

    private List<String> metricsTexts() {
        List<String> texts = new ArrayList<>(balancers.metrics());
        texts.add(metrics.text());
        return texts;
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
