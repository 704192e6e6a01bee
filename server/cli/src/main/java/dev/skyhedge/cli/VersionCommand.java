package dev.skyhedge.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `skyhedge version`.
@CommandLine.Command(name = "version", description = "Shows the version of Skyhedge and of the Java that it runs on.")
final class VersionCommand extends Command {
    @Option(names = "--json", description = "As one JSON object.")
    boolean json;

    VersionCommand(Context context) {
        super(context);
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
        return System.getProperty("java.vm.vendor") + " " + Runtime.version();
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
