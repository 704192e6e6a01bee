package dev.skyhedge.cli;

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
record Context(Terminal terminal, Map<String, String> environment, InstantSource clock, Path home, Plugins plugins) {
    static final String HOME_PROPERTY = "skyhedge.home";

    /// Of this process.
    static Context ofProcess() {
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
    Surroundings surroundings() {
        return new Surroundings(environment, clock, plugins);
    }

    Context withTerminal(Terminal other) {
        return new Context(other, environment, clock, home, plugins);
    }

    /// Names the parts but not the environment, which may hold secrets.
    @Override
    public String toString() {
        return "Context[home=" + home + "]";
    }
}
