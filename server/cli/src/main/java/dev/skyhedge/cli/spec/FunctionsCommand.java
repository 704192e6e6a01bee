package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.specs.functions.FunctionDefinition;
import dev.skyhedge.specs.functions.FunctionTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `skyhedge functions`.
public final class FunctionsCommand extends Command {
    String name = "";

    public FunctionsCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Lists the functions of the language, or explains one.");
        declared.argument(0, "NAME", OptionValues.text())
                .optional()
                .help("The function to explain.")
                .into(value -> name = value);
    }

    @Override
    protected int run() {
        FunctionTable table = FunctionTable.console();
        say(name.isEmpty() ? all(table) : explained(find(table)));
        return ExitCode.OK;
    }

    private FunctionDefinition find(FunctionTable table) {
        return table.find(name)
                .orElseThrow(() -> new CommandFailure(
                        "There is no function \"" + name + "\"",
                        Suggestions.closest(name, table.names())
                                .map(other -> "Did you mean \"" + other + "\"?")
                                .orElse("`skyhedge functions` lists all.")));
    }

    private static String all(FunctionTable table) {
        Map<FunctionDefinition.Group, List<FunctionDefinition>> groups = table.all().stream()
                .sorted(Comparator.comparing(FunctionDefinition::name))
                .collect(Collectors.groupingBy(FunctionDefinition::group, TreeMap::new, Collectors.toList()));
        var text = new StringBuilder();
        groups.forEach((group, functions) -> {
            text.append(text.isEmpty() ? "" : "\n").append(title(group)).append('\n');
            functions.forEach(
                    function -> text.append("  ").append(function.signature()).append('\n'));
        });
        return text.toString();
    }

    private static String title(FunctionDefinition.Group group) {
        return group.name().charAt(0) + group.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String explained(FunctionDefinition function) {
        var text = new StringBuilder(function.signature())
                .append(" → ")
                .append(function.result())
                .append("\n\n")
                .append(function.documentation())
                .append('\n');
        for (FunctionDefinition.Example example : function.examples()) {
            text.append("\n  ")
                    .append(example.call())
                    .append("\n  → ")
                    .append(example.result())
                    .append('\n');
        }
        return text.toString();
    }
}
