package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Builds the provider. Apart from the factory so that checking settings loads none of the client's classes.
final class KubernetesOpening {
    /// Changes wake whoever watches; this is the net below.
    private static final Duration POLL_PERIOD = Duration.ofSeconds(5);

    private static final int REQUEST_MILLIS = 30_000;
    private static final int CONNECTION_MILLIS = 10_000;
    private static final int WATCH_RECONNECT_MILLIS = 1_000;

    private KubernetesOpening() {}

    static Outcome<Provider> open(KubernetesSettings settings, InstantSource clock, RandomGenerator random) {
        return cluster(settings)
                .map(cluster -> new KubernetesProvider(settings, cluster, clock, Pause.REAL, random, POLL_PERIOD));
    }

    /// A connection to the cluster that the settings name.
    static Outcome<Cluster> cluster(KubernetesSettings settings) {
        return config(settings).map(found -> cluster(settings, found));
    }

    /// A connection to the cluster that the endpoint of the settings names.
    static Cluster cluster(KubernetesSettings settings, URI endpoint) {
        return cluster(settings, without(endpoint));
    }

    private static Cluster cluster(KubernetesSettings settings, Config config) {
        HeardRetryAfter heard = new HeardRetryAfter();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(prepared(config))
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("skyhedge", heard))
                .build();
        String inherited = Optional.ofNullable(config.getNamespace())
                .filter(name -> !name.isEmpty())
                .orElse("default");
        return new Cluster(client, settings.namespace().orElse(inherited), heard);
    }

    private static Outcome<Config> config(KubernetesSettings settings) {
        if (settings.endpoint().override().isPresent()) {
            return Outcome.done(without(settings.endpoint().override().get()));
        }
        try {
            if (settings.kubeconfig().isPresent()) {
                return named(
                        file(settings.kubeconfig().get()), settings.context().orElse(null));
            }
            Config found = Config.autoConfigure(settings.context().orElse(null));
            if (!isIn(found, settings.context().orElse(null))) {
                return noSuchContext(settings.context().orElse(""), "the usual kubeconfig");
            }
            boolean outside = System.getenv("KUBERNETES_SERVICE_HOST") == null;
            if (outside && found.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
                return Outcome.failed(new Failure.Denied("No kubeconfig says how to reach a cluster"
                        + settings.context()
                                .map(name -> " with context " + name)
                                .orElse("")));
            }
            return Outcome.done(found);
        } catch (KubernetesClientException | IllegalArgumentException | IllegalStateException e) {
            return Outcome.failed(new Failure.Denied("The kubeconfig cannot be used: " + e.getMessage()));
        }
    }

    private static Outcome<Config> named(File file, @Nullable String context) {
        if (!file.isFile() || !file.canRead()) {
            return Outcome.failed(new Failure.Denied("The kubeconfig " + file + " cannot be read"));
        }
        Config found = Config.fromKubeconfig(context, file);
        return isIn(found, context) ? Outcome.done(found) : noSuchContext(String.valueOf(context), file.toString());
    }

    /// Whether the configuration is that of the context; the client takes an unknown one for none.
    private static boolean isIn(Config found, @Nullable String context) {
        return context == null
                || (found.getCurrentContext() != null
                        && context.equals(found.getCurrentContext().getName()));
    }

    private static Outcome<Config> noSuchContext(String context, String file) {
        return Outcome.failed(new Failure.Denied("There is no context \"" + context + "\" in " + file));
    }

    private static File file(String path) {
        return new File(path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path);
    }

    /// Another endpoint gets no credentials: real ones never reach an emulator.
    private static Config without(URI endpoint) {
        Config bare = Config.empty();
        bare.setMasterUrl(endpoint.toString());
        return bare;
    }

    /// No retries of the client's own: ours know what may be repeated.
    private static Config prepared(Config config) {
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        config.setWatchReconnectInterval(WATCH_RECONNECT_MILLIS);
        return config;
    }
}
