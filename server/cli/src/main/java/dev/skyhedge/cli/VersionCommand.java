package dev.skyhedge.cli;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.ProductVersion;
import dev.skyhedge.cli.terminal.ExitCode;
import java.util.Locale;

/// `skyhedge version`.
final class VersionCommand extends Command {
    boolean json;

    VersionCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Shows the version of Skyhedge and of the Java that it runs on.");
        declared.flag("--json", "As one JSON object.", on -> json = on);
    }

    /// What `-version` prints.
    static String text() {
        return "Skyhedge " + ProductVersion.text() + "\non " + platform() + ", " + java();
    }

    private static String java() {
        return System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version");
    }

    private static String platform() {
        return System.getProperty("os.name") + "/" + System.getProperty("os.arch");
    }

    @Override
    protected int run() {
        say(
                json
                        ? String.format(
                                Locale.ROOT,
                                "{\"skyhedge_version\":\"%s\",\"java\":\"%s\",\"platform\":\"%s\"}",
                                ProductVersion.text(),
                                java(),
                                platform())
                        : text());
        return ExitCode.OK;
    }
}
