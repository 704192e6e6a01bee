package dev.skyhedge.providers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Outcome;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesOpeningTest {
    private static final String KUBECONFIG_PROPERTY = "kubeconfig";
    private static final String TOKEN_PROPERTY = "kubernetes.auth.token";

    @TempDir
    private Path directory;

    private Path kubeconfig(String token) throws IOException {
        return Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: one
                clusters:
                - name: here
                  cluster: {server: "http://127.0.0.1:1"}
                users:
                - name: me
                  user: {token: "first"}
                - name: you
                  user: {token: "%s"}
                contexts:
                - name: one
                  context: {cluster: here, user: me, namespace: first}
                - name: two
                  context: {cluster: here, user: you, namespace: second}
                """.formatted(token));
    }

    /// The token that is sent.
    private static String token(Config config) {
        return config.getOauthToken() != null
                ? config.getOauthToken()
                : Objects.requireNonNullElse(config.getAutoOAuthToken(), "");
    }

    @Test
    void noCredentialsOfOursReachAnotherEndpointNotEvenLater() throws IOException {
        System.setProperty(KUBECONFIG_PROPERTY, kubeconfig("leaked").toString());
        System.setProperty(TOKEN_PROPERTY, "leaked");
        try (var client = KubernetesOpening.cluster(
                        KubernetesSettings.read(Map.of(), Map.of()), URI.create("http://127.0.0.1:2"))
                .client()) {
            Config config = client.getConfiguration();

            assertThat(config.getMasterUrl()).startsWith("http://127.0.0.1:2");
            assertThat(token(config)).isEmpty();
            assertThat(token(config.refresh())).isEmpty();
            assertThat(config.getNamespace()).isNotEqualTo("first");
        } finally {
            System.clearProperty(KUBECONFIG_PROPERTY);
            System.clearProperty(TOKEN_PROPERTY);
        }
    }

    /// Tokens of managed clusters last for minutes; the client asks for new ones where it found the first.
    @Test
    void aTokenThatExpiredIsReadAgainFromTheSameContext() throws IOException {
        Path file = kubeconfig("old");
        KubernetesSettings settings =
                KubernetesSettings.read(Map.of("kubeconfig", file.toString(), "context", "two"), Map.of());

        switch (KubernetesOpening.cluster(settings)) {
            case Outcome.Failed<Cluster> failed -> throw new AssertionError(failed);
            case Outcome.Done<Cluster>(Cluster cluster) -> {
                try (var client = cluster.client()) {
                    assertThat(cluster.namespace()).isEqualTo("second");
                    assertThat(token(client.getConfiguration())).isEqualTo("old");
                    kubeconfig("new");
                    assertThat(token(client.getConfiguration().refresh())).isEqualTo("new");
                }
            }
        }
    }
}
