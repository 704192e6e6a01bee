package dev.skyhedge.cli.state;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateAddress;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.view.spend.Charges;
import dev.skyhedge.cli.view.spend.FocusCsv;
import dev.skyhedge.cli.view.spend.SpendBy;
import dev.skyhedge.cli.view.spend.SpendJson;
import dev.skyhedge.cli.view.spend.SpendText;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `skyhedge spend`.
public final class SpendCommand extends Command {
    String service = "";
    StateArguments state = new StateArguments();
    List<SpendBy> by = List.of(SpendBy.USE);

    @Nullable
    Duration since;

    boolean json;
    boolean focus;

    public SpendCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows what was spent, and what for.",
                "A machine's time is its start until it is ready (or never_ready, if nothing came of it), serving, spare, "
                        + "stand_in for spot that cannot be had, or leaving. Sums are of the prices that the clouds said: "
                        + "no disks, traffic, discounts or taxes. After 90 days only the sums of each use, zone and type "
                        + "are kept.");
        declared.examples(
                "  skyhedge spend -by=service,use",
                "  skyhedge spend chat -by=day,market -since=7d",
                "  skyhedge spend -focus > skyhedge.csv");
        declared.argument(0, "SERVICE", OptionValues.text())
                .optional()
                .help("Only of this service, such as chat or service.chat.")
                .into(value -> service = value);
        state.declare(declared);
        declared.option("--by", "WORDS", OptionValues.oneOf(SpendBy.class))
                .split(",")
                .help(
                        "What it is added up by, one or several of service, use, market, cloud, region, zone, accelerator, "
                                + "type, replica and day; use if it is left out.")
                .all(values -> by = values);
        declared.option("--since", "DURATION", OptionValues.duration())
                .help("Only of so long ago at most, such as 24h or 30d.")
                .into(value -> since = value);
        declared.flag("--json", "As one JSON object.", on -> json = on);
        declared.flag(
                "--focus",
                "As CSV in the columns of FOCUS 1.0, a line for each machine, use and day.",
                on -> focus = on);
    }

    @Override
    protected int run() {
        if (json && focus) {
            throw new CommandFailure("-json and -focus cannot be had at once", "Leave one of them out.");
        }
        return new StateLooks(context(), state, false).run(this::show);
    }

    private void show(StateStore store) {
        Snapshot snapshot = store.read();
        Instant now = context().clock().instant();
        Charges charges = Charges.of(
                store.spend(StateAddress.serviceName(snapshot, service)),
                since == null ? Instant.MIN : now.minus(since),
                now);
        if (focus) {
            say(FocusCsv.render(charges, accounts(snapshot)));
        } else {
            say(json ? SpendJson.render(charges, by) : SpendText.render(charges, by, display()));
        }
    }

    private static Map<String, String> accounts(Snapshot snapshot) {
        return snapshot.accounts().stream()
                .filter(known -> !known.account().account().isEmpty())
                .collect(Collectors.toMap(
                        ProviderAccount::provider, known -> known.account().account()));
    }
}
