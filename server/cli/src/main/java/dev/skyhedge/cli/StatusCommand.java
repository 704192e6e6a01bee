package dev.skyhedge.cli;

import dev.skyhedge.cli.view.StatusJson;
import dev.skyhedge.cli.view.StatusReport;
import dev.skyhedge.cli.view.StatusText;
import dev.skyhedge.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyhedge status`.
@CommandLine.Command(
        name = "status",
        description = "Shows services and replicas, what they have cost, and what on-demand would have cost.",
        footer = {"  skyhedge status -watch", "  skyhedge status -json | jq '.services[].ready'"})
final class StatusCommand extends Command {
    private static final int EVENTS = 1000;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Mixin
    StateArguments state = new StateArguments();

    @Option(names = "--json", description = "As one JSON object; with -watch one a line.")
    boolean json;

    @Option(names = "--all", description = "Ended replicas and zone health, too.")
    boolean all;

    @Option(
            names = {"-w", "--watch"},
            description = "Shows it again every second until Ctrl-C.")
    boolean watch;

    private final CountDownLatch stopped = new CountDownLatch(1);

    StatusCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        if (watch) {
            ExitSignals.stopQuietly(stopped::countDown);
        }
        try {
            do {
                look();
            } while (watch && !stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /// Once, or as often as one look lasts: a state that is not there yet is looked for anew.
    private void look() throws InterruptedException {
        boolean live = state.isLive(context());
        try (StateStore store = state.look(context())) {
            show(store);
            while (watch && live && !stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                show(store);
            }
        }
    }

    private void show(StateStore store) {
        StatusReport report = report(store, context().clock().instant());
        if (json) {
            say(watch ? StatusJson.line(report) : StatusJson.render(report));
            return;
        }
        String text = StatusText.render(report, all, display());
        say(watch && terminal().interactive() ? CLEAR + text : text);
    }

    /// What is known of a state at one instant.
    static StatusReport report(StateStore store, Instant now) {
        return StatusReport.of(store.read(), store.spend(""), store.events("", EVENTS), now);
    }
}
