package dev.skyhedge.cli.command;

import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.watch.installation.InstalledPlugins;
import dev.skyhedge.watch.installation.Plugins;
import dev.skyhedge.watch.installation.Surroundings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// What a command runs in.
///
/// @param terminal where the user is
/// @param environment the environment variables; may hold secrets
/// @param clock the time
/// @param home where this installation lies
/// @param plugins its provider plugins
public record Context(
        Terminal terminal, Map<String, String> environment, InstantSource clock, Path home, Plugins plugins) {
    /// The system property that says where this installation lies.
    public static final String HOME_PROPERTY = "skyhedge.home";

    /// Of this process.
    public static Context ofProcess() {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(System.getProperty(HOME_PROPERTY, "."));
        return new Context(
                Terminal.ofProcess(environment),
                environment,
                InstantSource.system(),
                home,
                new InstalledPlugins(home.resolve("plugins")));
    }

    /// Without the terminal.
    public Surroundings surroundings() {
        return new Surroundings(environment, clock, plugins);
    }

    /// The same at another terminal.
    public Context withTerminal(Terminal other) {
        return new Context(other, environment, clock, home, plugins);
    }

    /// Names the parts but not the environment, which may hold secrets.
    @Override
    public String toString() {
        return "Context[home=" + home + "]";
    }
}
