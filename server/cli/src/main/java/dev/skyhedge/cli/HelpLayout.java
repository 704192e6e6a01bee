package dev.skyhedge.cli;

import dev.skyhedge.cli.terminal.Terminal;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// How `--help` is laid out: what is special about a command first, what most commands have last.
final class HelpLayout {
    private static final Set<String> COMMON = Set.of("--help", "--no-color", "--state", "--var", "--var-file");

    private static final int NARROWEST = 55;
    private static final int WIDEST = 100;

    private HelpLayout() {}

    /// Lays out the help of a command and of all commands below it.
    static void applyTo(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.abbreviateSynopsis(true);
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n");
        usage.commandListHeading("%nCommands:%n");
        if (usage.footerHeading().isEmpty() && usage.footer().length > 0) {
            usage.footerHeading("%nExamples:%n");
        }
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
        command.getSubcommands().values().forEach(HelpLayout::applyTo);
    }

    /// The width is found when there is something to lay out: it costs every other command time.
    static CommandLine.IHelpFactory within(Terminal terminal) {
        return (command, colours) -> {
            command.usageMessage().width(Math.clamp(terminal.width(), NARROWEST, WIDEST));
            return new Help(command, colours);
        };
    }

    private static String options(Help help) {
        List<OptionSpec> all = help.commandSpec().options();
        List<OptionSpec> own = all.stream().filter(option -> !isCommon(option)).toList();
        List<OptionSpec> common = all.stream().filter(HelpLayout::isCommon).toList();
        return section("Options", own, help) + section("Common options", common, help);
    }

    private static String section(String heading, List<OptionSpec> options, Help help) {
        String eol = System.lineSeparator();
        return options.isEmpty() ? "" : eol + heading + ":" + eol + help.optionListExcludingGroups(options);
    }

    private static boolean isCommon(OptionSpec option) {
        return COMMON.contains(option.longestName());
    }
}
