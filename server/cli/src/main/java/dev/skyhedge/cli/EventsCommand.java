package dev.skyhedge.cli;

import dev.skyhedge.cli.view.EventLines;
import dev.skyhedge.state.Event;
import dev.skyhedge.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge events`.
@CommandLine.Command(
        name = "events",
        description = {
            "Shows what happened to services and replicas, oldest first: losses, failures, probes, changes of the spec.",
            "The state keeps the newest 20,000."
        },
        footer = {
            "  skyhedge events -since=1h",
            "  skyhedge events chat -follow",
            "  skyhedge events -json | jq -r 'select(.kind == \"preempted\") | .replica'"
        })
final class EventsCommand extends Command {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Only of this service, such as chat or service.chat.")
    String service = "";

    @Mixin
    StateArguments state = new StateArguments();

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Only of so long ago at most, such as 90s or 1h30m.")
    @Nullable
    Duration since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = OptionValues.Count.class,
            defaultValue = "100",
            description = "Only the newest N at first; default ${DEFAULT-VALUE}.")
    int limit;

    @Option(names = "--json", description = "As JSON, one object a line.")
    boolean json;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what happens next, until Ctrl-C.")
    boolean follow;

    private final EventNews news = new EventNews();

    EventsCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        return new StateLooks(context(), state, follow).run(this::show);
    }

    private void show(StateStore store) {
        boolean first = news.isFirst();
        String name = name(store);
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

    /// Of a service that is gone there may be events still.
    private String name(StateStore store) {
        return StateAddress.service(store.read(), service)
                .map(one -> one.name())
                .orElseGet(() -> service.startsWith("service.") ? service.substring("service.".length()) : service);
    }
}
