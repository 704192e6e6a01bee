package dev.skyhedge.watch.installation;

import dev.skyhedge.spi.ProviderCommand;
import dev.skyhedge.spi.ProviderFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// The provider plugins of an installation. Each lies in a directory of its own and is loaded, by a class
/// loader of its own, when it is first asked for.
public final class InstalledPlugins implements Plugins {
    private static final int MAX_JARS = 500;

    private final Path directory;
    private final Map<String, ClassLoader> loaders = new HashMap<>();

    /// @param directory holds one directory for each plugin, named as its provider
    public InstalledPlugins(Path directory) {
        this.directory = directory;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The plugins cannot be listed: " + directory, e);
        }
    }

    @Override
    public Optional<ProviderFactory> factory(String provider) {
        return loader(provider)
                .flatMap(loader -> ServiceLoader.load(ProviderFactory.class, loader).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(factory -> factory.name().equals(provider))
                        .findFirst()
                        .map(factory -> WithinPlugin.of(factory, loader)));
    }

    @Override
    public Optional<ProviderCommand> command(String provider, String name) {
        return loader(provider)
                .flatMap(loader -> ServiceLoader.load(ProviderCommand.class, loader).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(command -> command.name().equals(name))
                        .findFirst());
    }

    /// The class loader of a plugin that was asked for.
    public synchronized Optional<ClassLoader> loaderOf(String provider) {
        return Optional.ofNullable(loaders.get(provider));
    }

    private synchronized Optional<ClassLoader> loader(String provider) {
        Path home = directory.resolve(provider);
        if (!loaders.containsKey(provider) && Files.isDirectory(home)) {
            loaders.put(
                    provider,
                    new URLClassLoader(provider, jars(home), new SpiView(InstalledPlugins.class.getClassLoader())));
        }
        return Optional.ofNullable(loaders.get(provider));
    }

    private static URL[] jars(Path home) {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.filter(path -> path.toString().endsWith(".jar"))
                    .sorted()
                    .limit(MAX_JARS)
                    .map(InstalledPlugins::url)
                    .toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("The plugin cannot be read: " + home, e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Every file has a URL: " + path, e);
        }
    }
}
