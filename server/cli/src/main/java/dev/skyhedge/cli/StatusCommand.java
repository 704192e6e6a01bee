package dev.skyhedge.cli;

import dev.skyhedge.cli.view.StatusJson;
import dev.skyhedge.cli.view.StatusReport;
import dev.skyhedge.cli.view.StatusText;
import dev.skyhedge.state.StateStore;
import java.time.Instant;
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

    StatusCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        return new StateLooks(context(), state, watch).run(this::show);
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
