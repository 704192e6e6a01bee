package dev.skyhedge.cli.why;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.state.store.StateStore;
import java.util.Optional;

/// Which decisions are asked about, and how they are told.
final class DecisionArguments {
    private final StateArguments state = new StateArguments();
    private Optional<Long> serial = Optional.empty();
    private boolean json;

    void declare(Declaration declared) {
        state.declare(declared);
        declared.option("--at", "SERIAL", OptionValues.number())
                .help(
                        "Only decisions that led to this serial or an earlier one; `skyhedge state history` shows serials.")
                .into(value -> serial = Optional.of(value));
        declared.flag("--json", "As one JSON object.", on -> json = on);
    }

    StateStore look(Context context) {
        return state.look(context);
    }

    /// The last one that counts; empty for the newest.
    Optional<Long> serial() {
        return serial;
    }

    boolean json() {
        return json;
    }

    /// ` up to serial 14`, where one is given.
    String upToSerial() {
        return serial.map(at -> " up to serial " + at).orElse("");
    }
}
