package dev.skyhedge.cli.command;

import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.specs.loading.MissingVariable;
import dev.skyhedge.specs.loading.VariableSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks for the values of variables that have none. Nobody is asked in continuous integration, whatever it
/// calls a terminal.
final class MissingValues {
    private final Terminal terminal;
    private final boolean somebodyIsThere;

    MissingValues(Context context) {
        this.terminal = context.terminal();
        this.somebodyIsThere = terminal.interactive()
                && context.environment().getOrDefault("CI", "").isEmpty();
    }

    /// The values that were typed; fewer than asked for if the input ends, none if nobody is there.
    List<VariableSource> ask(List<MissingVariable> variables) {
        List<VariableSource> values = new ArrayList<>();
        for (MissingVariable variable : somebodyIsThere ? variables : List.<MissingVariable>of()) {
            Optional<String> typed = ask(variable);
            if (typed.isEmpty()) {
                return values;
            }
            values.add(new VariableSource.Assignment(variable.name(), typed.get()));
        }
        return values;
    }

    private Optional<String> ask(MissingVariable variable) {
        terminal.println("var." + variable.name());
        if (!variable.description().isEmpty()) {
            variable.description().strip().lines().forEach(line -> terminal.println("  " + line));
        }
        terminal.println("");
        String prompt = variable.sensitive() ? "  Enter a value (it is not shown): " : "  Enter a value: ";
        Optional<String> typed = variable.sensitive() ? terminal.askSecretly(prompt) : terminal.ask(prompt);
        terminal.println("");
        return typed;
    }
}
