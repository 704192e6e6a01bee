package dev.skyhedge.cli;

import dev.skyhedge.spi.ProviderCommand;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.watch.installation.Plugins;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Providers that are simply there.
record ClassPathPlugins(List<ProviderFactory> factories, List<ProviderCommand> commands) implements Plugins {
    static Plugins of(ProviderFactory... factories) {
        return new ClassPathPlugins(List.of(factories), List.of());
    }

    @Override
    public Path directory() {
        return Path.of("plugins");
    }

    @Override
    public List<String> names() {
        return factories.stream().map(ProviderFactory::name).sorted().toList();
    }

    @Override
    public Optional<ProviderFactory> factory(String provider) {
        return factories.stream()
                .filter(factory -> factory.name().equals(provider))
                .findFirst();
    }

    @Override
    public Optional<ProviderCommand> command(String provider, String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }
}
