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

    @Override
    int run() {
        String java = System.getProperty("java.vm.vendor") + " " + Runtime.version();
        String platform = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        say(
                json
                        ? String.format(
                                Locale.ROOT,
                                "{\"skyhedge_version\":\"%s\",\"java\":\"%s\",\"platform\":\"%s\"}",
                                version(),
                                java,
                                platform)
                        : "Skyhedge " + version() + "\non " + platform + ", " + java);
        return ExitCode.OK;
    }
}
