package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.view.status.StatusJson;
import dev.skyhedge.cli.view.status.StatusReport;
import dev.skyhedge.cli.view.status.StatusText;
import dev.skyhedge.state.store.StateStore;
import java.time.Instant;

/// `skyhedge status`.
public final class StatusCommand extends Command {
    private static final int EVENTS = 1000;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    StateArguments state = new StateArguments();
    boolean json;
    boolean all;
    boolean watch;

    public StatusCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Shows services and replicas, what they have cost, and what on-demand would have cost.");
        declared.examples("  skyhedge status -watch", "  skyhedge status -json | jq '.services[].ready'");
        state.declare(declared);
        declared.flag("--json", "As one JSON object; with -watch one a line.", on -> json = on);
        declared.flag("--all", "Ended replicas and zone health, too.", on -> all = on);
        declared.flag("-w", "--watch", "Shows it again every second until Ctrl-C.", on -> watch = on);
    }

    @Override
    protected int run() {
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
    public static StatusReport report(StateStore store, Instant now) {
        return StatusReport.of(store.read(), store.spend(""), store.events("", EVENTS), now);
    }
}
