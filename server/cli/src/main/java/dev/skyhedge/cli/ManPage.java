package dev.skyhedge.cli;

import dev.skyhedge.cli.command.ProductVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// A manual page for `man`, from the same definitions as `--help`.
final class ManPage {
    private ManPage() {}

    /// Such as `skyhedge-state-show`.
    static String name(CommandLine line) {
        return line.getCommandSpec().qualifiedName("-");
    }

    static String of(CommandLine line) {
        var spec = line.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        StringBuilder page = new StringBuilder(".TH \"" + name(line).toUpperCase(Locale.ROOT) + "\" 1 \"\" \"Skyhedge "
                + ProductVersion.text() + "\"\n");
        String[] description = usage.description();
        section(page, "NAME")
                .append(roff(name(line)))
                .append(" \\- ")
                .append(roff(description.length > 0 ? description[0] : ""))
                .append('\n');
        section(page, "SYNOPSIS").append(roff(synopsis(line))).append('\n');
        section(page, "DESCRIPTION").append(lines(List.of(description), "\n"));
        arguments(page, line);
        options(page, spec.options());
        commands(page, line);
        if (usage.footer().length > 0) {
            section(page, "EXAMPLES")
                    .append(".nf\n")
                    .append(lines(List.of(usage.footer()), "\n"))
                    .append(".fi\n");
        }
        return page.toString();
    }

    private static String synopsis(CommandLine line) {
        var spec = line.getCommandSpec();
        return spec.qualifiedName()
                + (spec.options().isEmpty() ? "" : " [OPTIONS]")
                + (line.getSubcommands().isEmpty() ? "" : " COMMAND")
                + spec.positionalParameters().stream()
                        .map(one -> one.required() ? " " + one.paramLabel() : " [" + one.paramLabel() + "]")
                        .collect(Collectors.joining());
    }

    private static void arguments(StringBuilder page, CommandLine line) {
        var all = line.getCommandSpec().positionalParameters();
        if (!all.isEmpty()) {
            section(page, "ARGUMENTS");
            all.forEach(one -> entry(page, one.paramLabel(), one));
        }
    }

    private static void options(StringBuilder page, List<OptionSpec> options) {
        List<OptionSpec> shown =
                options.stream().filter(option -> !option.hidden()).toList();
        if (shown.isEmpty()) {
            return;
        }
        section(page, "OPTIONS");
        for (OptionSpec option : shown) {
            boolean takes = option.arity().max() > 0;
            entry(page, String.join(", ", option.names()) + (takes ? "=" + option.paramLabel() : ""), option);
        }
    }

    private static void entry(StringBuilder page, String head, ArgSpec argument) {
        page.append(".TP\n.B ")
                .append(roff(head))
                .append('\n')
                .append(lines(Arrays.asList(argument.renderedDescription()), "\n"));
    }

    private static void commands(StringBuilder page, CommandLine line) {
        if (line.getSubcommands().isEmpty()) {
            return;
        }
        section(page, "COMMANDS");
        line.getSubcommands().forEach((name, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            page.append(".TP\n.B ")
                    .append(roff(name))
                    .append('\n')
                    .append(lines(description.length > 0 ? List.of(description[0]) : List.of(), "\n"));
        });
    }

    private static StringBuilder section(StringBuilder page, String title) {
        return page.append(".SH ").append(title).append('\n');
    }

    private static String lines(List<String> texts, String end) {
        return texts.stream()
                .map(CommandLine.Help.Ansi.OFF::string)
                .map(text -> roff(text.replace("%n", " ")) + end)
                .collect(Collectors.joining());
    }

    /// A hyphen is one to copy, and a line that begins with a dot or a quote is text.
    private static String roff(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
