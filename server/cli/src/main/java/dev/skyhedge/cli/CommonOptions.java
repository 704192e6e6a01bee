package dev.skyhedge.cli;

import picocli.CommandLine.Option;

/// Options that every command has.
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @Option(names = "--no-color", description = "No colours, even on a terminal; so does the variable NO_COLOR.")
    boolean noColour;
}
