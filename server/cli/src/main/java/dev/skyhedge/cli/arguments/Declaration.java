package dev.skyhedge.cli.arguments;

import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What a command says of itself: what it does, and which options and arguments it takes. Reading a command line, help,
/// manual pages and completion all come from it. It is made by calls and not by annotations, because reading those
/// takes longer than most of the commands.
public final class Declaration {
    private final CommandSpec spec;

    /// @param command what is run
    public Declaration(String name, Object command) {
        spec = CommandSpec.wrapWithoutInspection(command).name(name);
    }

    /// What the library that reads command lines knows of the command.
    public CommandSpec spec() {
        return spec;
    }

    /// What it does, a line each; the first one is also shown in the list of commands.
    public void does(String... lines) {
        spec.usageMessage().description(lines);
    }

    /// How it is used, below everything else that its help says.
    public void examples(String... lines) {
        spec.usageMessage().footer(lines);
    }

    /// How it is used, under another heading than usual.
    public void examplesUnder(String heading, String... lines) {
        examples(lines);
        spec.usageMessage().footerHeading("%n" + heading + ":%n");
    }

    /// What its help calls the commands below it.
    public void labelsCommands(String label) {
        spec.usageMessage().synopsisSubcommandLabel(label);
    }

    /// Leaves it out of the list of commands.
    public void hide() {
        spec.usageMessage().hidden(true);
    }

    /// Whether an option was typed, once the command runs.
    public boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /// An option without a value.
    ///
    /// @param into told what it is, if it is there
    public void flag(String name, String help, Consumer<Boolean> into) {
        add(flag(new String[] {name}, help, into));
    }

    /// An option without a value that has a short name as well.
    public void flag(String shortName, String name, String help, Consumer<Boolean> into) {
        add(flag(new String[] {shortName, name}, help, into));
    }

    /// The option that asks for help.
    public void help(String shortName, String name, String help) {
        add(flag(new String[] {shortName, name}, help, _ -> {}).usageHelp(true));
    }

    private void add(OptionSpec.Builder option) {
        spec.addOption(option.build());
    }

    private static OptionSpec.Builder flag(String[] names, String help, Consumer<Boolean> into) {
        var binding = new ValueBinding<>(into);
        return OptionSpec.builder(names)
                .type(Boolean.class)
                .converters(OptionValues.truth().reader())
                .description(help)
                .hasInitialValue(false)
                .getter(binding)
                .setter(binding);
    }

    /// An option with a value.
    ///
    /// @param label what its value is called
    public <T> DeclaredOption<T> option(String name, String label, ValueType<T> type) {
        return new DeclaredOption<>(spec, name, label, type);
    }

    /// An argument that is not behind the name of an option.
    ///
    /// @param index its place from 0 on
    public <T> DeclaredArgument<T> argument(int index, String label, ValueType<T> type) {
        return new DeclaredArgument<>(spec, String.valueOf(index), label, type);
    }

    /// All arguments that are not behind the name of an option, however many.
    public <T> DeclaredArgument<T> arguments(String label, ValueType<T> type) {
        return new DeclaredArgument<>(spec, "0..*", label, type).arity("0..*");
    }
}
