package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;

/// Options that every command has.
final class CommonOptions {
    boolean noColour;

    void declare(Declaration declared) {
        declared.help("-h", "--help", "Shows this help.");
        declared.flag(
                "--no-color", "No colours, even on a terminal; so does the variable NO_COLOR.", on -> noColour = on);
    }
}
