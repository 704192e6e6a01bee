package dev.skyhedge.cli;

import java.util.Locale;
import java.util.Optional;

/// `skyhedge version`.
final class VersionCommand extends Command {
    boolean json;

    VersionCommand(Context context) {
        super(context);
    }

    @Override
    void declare(Declaration declared) {
        declared.does("Shows the version of Skyhedge and of the Java that it runs on.");
        declared.flag("--json", "As one JSON object.", on -> json = on);
    }

    /// The version of this build.
    static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /// What `-version` prints.
    static String text() {
        return "Skyhedge " + version() + "\non " + platform() + ", " + java();
    }

    private static String java() {
        return System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version");
    }

    private static String platform() {
        return System.getProperty("os.name") + "/" + System.getProperty("os.arch");
    }

    @Override
    int run() {
        say(
                json
                        ? String.format(
                                Locale.ROOT,
                                "{\"skyhedge_version\":\"%s\",\"java\":\"%s\",\"platform\":\"%s\"}",
                                version(),
                                java(),
                                platform())
                        : text());
        return ExitCode.OK;
    }
}
