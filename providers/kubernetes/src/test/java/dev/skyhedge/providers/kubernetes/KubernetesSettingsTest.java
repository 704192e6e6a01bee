package dev.skyhedge.providers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.pool.NodeLabels;
import dev.skyhedge.providers.kubernetes.pool.Taint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesSettingsTest {
    @TempDir
    private Path directory;

    private static KubernetesSettings read(Map<String, Object> values) {
        return KubernetesSettings.read(values, Map.of());
    }

    private static List<String> problems(Map<String, Object> values) {
        return read(values).problems().stream()
                .map(problem -> problem.setting() + " " + problem.summary())
                .toList();
    }

    @Test
    void nothingIsNeeded() {
        KubernetesSettings settings = read(Map.of());

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.scheduleTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.market().discover()).isTrue();
    }

    @Test
    void aPoolIsReadWhole() {
        KubernetesSettings settings = read(Map.of(
                "pools",
                Map.of(
                        "l4-spot",
                        Map.of(
                                "accelerator", "L4:2",
                                "market", "spot",
                                "locations", List.of("us-central1/us-central1-a", "us-central1/us-central1-b"),
                                "node_selector", Map.of("cloud.google.com/gke-nodepool", "l4-spot"),
                                "tolerations", List.of("dedicated=ml:NoSchedule"),
                                "price", new BigDecimal("0.56"),
                                "cpu", "6",
                                "memory", "24Gi",
                                "gpu_resource", "example.com/gpu"))));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.market().declared()).hasSize(2).allSatisfy(pool -> {
            assertThat(pool.price()).contains(HourlyPrice.ofUsd("0.56"));
            assertThat(pool.tolerations()).contains(new Taint("dedicated", "ml", "NoSchedule"));
            assertThat(pool.needs().gpuResource()).isEqualTo("example.com/gpu");
            assertThat(pool.selector()).containsKey(NodeLabels.ZONE);
        });
    }

    @Test
    void whatIsWrongIsSaidAllAtOnceWithItsPlace() {
        assertThat(problems(Map.of(
                        "namespace",
                        "Not A Name",
                        "schedule_timeout",
                        "soon",
                        "colour",
                        "blue",
                        "tolerations",
                        List.of("a b"),
                        "prices",
                        Map.of("L4", Map.of("spot", "cheap")),
                        "pools",
                        Map.of("p", Map.of("accelerator", "L4:0", "markt", "spot")))))
                .anyMatch(one -> one.startsWith("namespace "))
                .anyMatch(one -> one.startsWith("schedule_timeout "))
                .anyMatch(one -> one.startsWith("colour unknown setting"))
                .anyMatch(one -> one.startsWith("tolerations "))
                .anyMatch(one -> one.startsWith("prices L4: spot is not a price"))
                .anyMatch(one -> one.startsWith("pools p: accelerator "))
                .anyMatch(one -> one.startsWith("pools p: markt is not known"))
                .anyMatch(one -> one.startsWith("pools p: node_selector is missing"));
    }

    @Test
    void anEndpointGoesWithoutAKubeconfig() {
        assertThat(problems(Map.of("endpoint", "http://127.0.0.1:8001", "context", "prod")))
                .singleElement()
                .asString()
                .startsWith("endpoint is given together");
    }

    @Test
    void theEnvironmentWinsOverTheEndpoint() {
        assertThat(KubernetesSettings.read(Map.of(), Map.of("SKYHEDGE_KUBERNETES_ENDPOINT", "http://127.0.0.1:8001"))
                        .endpoint()
                        .name())
                .isEqualTo("http://127.0.0.1:8001");
    }

    @Test
    void aKubeconfigThatIsNotThereIsDenied() {
        Outcome<Provider> opened =
                open(Map.of("kubeconfig", directory.resolve("none").toString()));

        assertThat(opened)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Denied.class));
    }

    @Test
    void aKubeconfigGivesClusterAndNamespace() throws IOException {
        Path file = Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: one
                clusters:
                - name: here
                  cluster: {server: "http://127.0.0.1:1"}
                users:
                - name: me
                  user: {token: "secret"}
                contexts:
                - name: one
                  context: {cluster: here, user: me, namespace: first}
                - name: two
                  context: {cluster: here, user: me, namespace: second}
                """);

        assertThat(open(Map.of("kubeconfig", file.toString(), "context", "two")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(open(Map.of("kubeconfig", file.toString(), "context", "three")))
                .isInstanceOf(Outcome.Failed.class);
    }

    private Outcome<Provider> open(Map<String, Object> values) {
        Outcome<Provider> opened = new KubernetesProviderFactory()
                .open(new ProviderSettings(new LinkedHashMap<>(values), directory, InstantSource.system()));
        if (opened instanceof Outcome.Done<Provider>(Provider provider)) {
            provider.close();
        }
        return opened;
    }

    @Test
    void theFactoryChecksWhatItOpens() {
        List<SettingProblem> found = new KubernetesProviderFactory()
                .check(new ProviderSettings(
                        new LinkedHashMap<>(Map.of("colour", "blue")), directory, InstantSource.system()));

        assertThat(found).hasSize(1);
        assertThat(new KubernetesProviderFactory().settingNames()).contains("endpoint", "pools");
    }
}
