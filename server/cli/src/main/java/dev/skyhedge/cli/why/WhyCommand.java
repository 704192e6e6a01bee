package dev.skyhedge.cli.why;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.StateStore;
import java.util.List;

/// `skyhedge why`.
public final class WhyCommand extends Command {
    private String address = "";
    private final DecisionArguments decisions = new DecisionArguments();

    public WhyCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows why a replica was launched, drained or ended, and what else there was to choose from, cheapest first.",
                "Steps of apply and watch that change something keep what the planner was given. It is asked again about that"
                        + " world. The state keeps 30 days of it, at most 5,000 decisions and 16 MiB, and none of a fleet"
                        + " of more than 1,000 replicas.");
        declared.examples(
                "  skyhedge why chat-2              the latest decision about it, such as its end",
                "  skyhedge why chat-2 -at 14       the latest that led to serial 14 or an earlier one",
                "  skyhedge why chat-2 -json | jq -r '.alternatives[] | [.usd_per_hour, .location, .why] | @tsv'");
        declared.argument(0, "ADDRESS", OptionValues.text())
                .help("A replica as status and plan name it, such as chat-2 or service.chat/chat-2.")
                .into(value -> address = value);
        decisions.declare(declared);
    }

    @Override
    protected int run() {
        try (StateStore store = decisions.look(context())) {
            String replica = address.substring(address.indexOf('/') + 1);
            KeptDecision kept = KeptDecision.newest(
                            store,
                            decisions.serial(),
                            '"' + replica + '"',
                            decision -> !decision.about(replica).isEmpty())
                    .orElseThrow(() -> notFound(store, replica));
            say(decisions.json() ? WhyJson.why(replica, kept) : WhyText.why(replica, kept, display()));
            return ExitCode.OK;
        }
    }

    private CommandFailure notFound(StateStore store, String replica) {
        Snapshot now = store.read();
        if (StateAddress.replica(now, replica).isPresent()) {
            return new CommandFailure(
                    "No decision about " + replica + " is kept" + decisions.upToSerial(),
                    Kept.text(store) + " `skyhedge events` and `skyhedge state show " + replica
                            + "` still tell its reason.");
        }
        if (StateAddress.service(now, address).isPresent()) {
            return new CommandFailure(
                    address + " is a service",
                    "Ask about one of its replicas: "
                            + String.join(", ", names(now, StateAddress.serviceName(now, address)))
                            + ". Why nothing was launched in some place, `skyhedge why-not LOCATION` tells.");
        }
        return new CommandFailure(
                "Nothing to match " + address,
                "No replica of that name is in the state, and no decision about one is kept."
                        + Suggestions.sentence(
                                replica,
                                now.replicas().stream().map(ReplicaRecord::name).toList())
                        + " `skyhedge status` shows the replicas that there are.");
    }

    private static List<String> names(Snapshot now, String service) {
        return now.replicas().stream()
                .filter(replica -> replica.service().equals(service))
                .map(ReplicaRecord::name)
                .toList();
    }
}
