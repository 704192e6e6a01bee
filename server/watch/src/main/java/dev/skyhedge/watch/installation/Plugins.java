package dev.skyhedge.watch.installation;

import dev.skyhedge.spi.ProviderCommand;
import dev.skyhedge.spi.ProviderFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The provider plugins that there are.
public interface Plugins {
    /// Where they lie.
    Path directory();

    /// Their names, in order.
    List<String> names();

    /// The provider of this name, if there is a plugin for it.
    Optional<ProviderFactory> factory(String provider);

    /// The command of this name that the plugin adds.
    Optional<ProviderCommand> command(String provider, String name);
}
