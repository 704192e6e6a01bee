package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.view.status.EventLines;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `skyhedge events`.
public final class EventsCommand extends Command {
    String service = "";
    StateArguments state = new StateArguments();

    @Nullable
    Duration since;

    int limit;
    boolean json;
    boolean follow;

    private final EventNews news = new EventNews();

    public EventsCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows what happened to services and replicas, oldest first: losses, failures, probes, changes of the spec.",
                "The state keeps the newest 20,000.");
        declared.examples(
                "  skyhedge events -since=1h",
                "  skyhedge events chat -follow",
                "  skyhedge events -json | jq -r 'select(.kind == \"preempted\") | .replica'");
        declared.argument(0, "SERVICE", OptionValues.text())
                .optional()
                .help("Only of this service, such as chat or service.chat.")
                .into(value -> service = value);
        state.declare(declared);
        declared.option("--since", "DURATION", OptionValues.duration())
                .help("Only of so long ago at most, such as 90s or 1h30m.")
                .into(value -> since = value);
        declared.option("--limit", "N", OptionValues.count())
                .byDefault("100")
                .help("Only the newest N at first; default ${DEFAULT-VALUE}.")
                .into(value -> limit = value);
        declared.flag("--json", "As JSON, one object a line.", on -> json = on);
        declared.flag("-f", "--follow", "Goes on with what happens next, until Ctrl-C.", on -> follow = on);
    }

    @Override
    protected int run() {
        return new StateLooks(context(), state, follow).run(this::show);
    }

    private void show(StateStore store) {
        boolean first = news.isFirst();
        String name = StateAddress.serviceName(store.read(), service);
        List<Event> fresh = news.in(most -> store.events(name, most));
        Instant oldest =
                since == null ? Instant.MIN : context().clock().instant().minus(since);
        List<Event> shown = fresh.stream()
                .filter(event -> !event.at().isBefore(oldest))
                .limit(first ? limit : EventNews.ALL)
                .toList();
        if (first && shown.isEmpty() && !json) {
            say("No events.");
        }
        shown.reversed().forEach(event -> say(json ? EventLines.json(event) : EventLines.text(event, display())));
    }
}
