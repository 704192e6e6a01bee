package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderCommand;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPluginIT {
    @TempDir
    Path directory;

    @Test
    void startsItsDaemonFromAClassLoaderOfItsOwn() throws Exception {
        try (URLClassLoader plugin = new URLClassLoader(ownJars(), new ContractOnly())) {
            ProviderFactory factory = only(ServiceLoader.load(ProviderFactory.class, plugin));
            assertThat(factory.getClass()).isNotEqualTo(LocalProviderFactory.class);
            assertThat(only(ServiceLoader.load(ProviderCommand.class, plugin)).name())
                    .isEqualTo("local-cloud");

            Provider provider =
                    Box.done(factory.open(new ProviderSettings(Box.settings(), directory, Clock.systemUTC())));

            assertThat(Box.done(provider.observe("any")).instances()).isEmpty();
            provider.close();
        } finally {
            assertThat(new LocalCloud(directory).stop()).isTrue();
        }
    }

    private static URL[] ownJars() {
        return Stream.of(LocalProviderFactory.class, Cloud.class, JsonFactory.class, ObjectMapper.class, JsonView.class)
                .map(one -> one.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
    }

    private static <T> T only(ServiceLoader<T> services) {
        List<T> all = services.stream().map(ServiceLoader.Provider::get).toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /// A parent that shows the platform and the contract, as the plugin directory of the product does.
    private static final class ContractOnly extends ClassLoader {
        ContractOnly() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.skyhedge.spi.")) {
                return Provider.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
