package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.Workload;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The plugin against the mock server that the makers of the client test it with: other people's idea of
/// what an API server says, with web sockets for watches. It schedules nothing; the tests do.
class MockServerTest {
    private static final String LINEAGE = "line";
    private static final String NAMESPACE = "ml";
    private static final Duration RARELY = Duration.ofHours(1);
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /// The mock writes a line for every request.
    private static final Logger MOCK = Logger.getLogger("io.fabric8.mockwebserver");

    static {
        MOCK.setLevel(Level.WARNING);
    }

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-01T00:00:00Z"));
    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient other;
    private final Provider provider;

    MockServerTest() {
        server.init(InetAddress.getLoopbackAddress(), 0);
        other = server.createClient();
        provider = provider();
        other.nodes().resource(node()).create();
    }

    @AfterEach
    void close() {
        provider.close();
        other.close();
        server.destroy();
    }

    private Provider provider() {
        Map<String, Object> values = Map.of("endpoint", "http://127.0.0.1:" + server.getPort(), "namespace", NAMESPACE);
        KubernetesSettings settings = KubernetesSettings.read(values, Map.of());
        assertThat(settings.problems()).isEmpty();
        return new KubernetesProvider(
                settings,
                KubernetesOpening.cluster(settings, URI.create("http://127.0.0.1:" + server.getPort())),
                clock,
                time -> clock.advance(time),
                new Random(7),
                RARELY);
    }

    private static Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("spot-1")
                .addToLabels("topology.kubernetes.io/region", "eastus")
                .addToLabels("topology.kubernetes.io/zone", "eastus-1")
                .addToLabels("node.kubernetes.io/instance-type", "Standard_NC24ads_A100_v4")
                .addToLabels("nvidia.com/gpu.product", "NVIDIA-A100-80GB-PCIe")
                .addToLabels("kubernetes.azure.com/scalesetpriority", "spot")
                .endMetadata()
                .withNewSpec()
                .addNewTaint("NoSchedule", "kubernetes.azure.com/scalesetpriority", null, "spot")
                .endSpec()
                .withNewStatus()
                .addToAllocatable("nvidia.com/gpu", new Quantity("1"))
                .addToAllocatable("cpu", new Quantity("23500m"))
                .endStatus()
                .build();
    }

    private Offer offer() {
        List<Offer> offers = done(provider.offers(new OfferQuery(List.of(LocationPattern.parse("*")), List.of())))
                .offers();
        assertThat(offers).hasSize(1);
        return offers.getFirst();
    }

    private LaunchRequest request() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("HF_TOKEN", "hf_verysecret");
        return new LaunchRequest(
                offer(),
                new InstanceTags(LINEAGE, "chat", "chat-1", 1, new IdempotencyToken("tabcdefgh")),
                new Workload(Optional.of("image"), List.of("serve"), 8000, environment));
    }

    private Pod made() {
        List<Pod> pods = other.pods().inNamespace(NAMESPACE).list().getItems();
        assertThat(pods).hasSize(1);
        return pods.getFirst();
    }

    private void run(Pod pod) {
        Pod running = new PodBuilder(pod)
                .editOrNewSpec()
                .withNodeName("spot-1")
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP("10.244.1.7")
                .endStatus()
                .build();
        other.pods().inNamespace(NAMESPACE).resource(running).update();
        other.pods().inNamespace(NAMESPACE).resource(running).updateStatus();
    }

    private Instance only() {
        List<Instance> seen = done(provider.observe(LINEAGE)).instances();
        assertThat(seen).hasSize(1);
        return seen.getFirst();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited in vain for %s", what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void anAksSpotNodeIsAnOffer() {
        assertThat(offer())
                .extracting(
                        Offer::instanceType, offer -> offer.accelerator().toString(), Offer::market, Offer::location)
                .containsExactly(
                        "Standard_NC24ads_A100_v4:1",
                        "A100-80GB:1",
                        Market.SPOT,
                        new Location("kubernetes", "eastus", "eastus-1"));
    }

    @Test
    void aLaunchMakesAPodAndASecretThatItOwns() {
        Instance launched = done(provider.launch(request()));

        Pod pod = made();
        assertThat(pod.getMetadata().getName()).isEqualTo(launched.id());
        assertThat(other.secrets()
                        .inNamespace(NAMESPACE)
                        .withName(launched.id())
                        .require()
                        .getMetadata()
                        .getOwnerReferences())
                .singleElement()
                .satisfies(owner ->
                        assertThat(owner.getUid()).isEqualTo(pod.getMetadata().getUid()));
        assertThat(pod.getSpec().getContainers().getFirst().getEnv())
                .extracting(variable -> variable.getName())
                .containsExactly("PORT", "HF_TOKEN");
    }

    @Test
    void aRunningPodHasAnEndpoint() {
        done(provider.launch(request()));
        run(made());

        assertThat(only().state()).isEqualTo(InstanceState.RUNNING);
        assertThat(only().endpoint()).contains(new Endpoint("10.244.1.7", 8000));
    }

    @Test
    void theSameTokenGivesTheSamePodAndAnotherRequestAConflict() {
        LaunchRequest request = request();
        Instance first = done(provider.launch(request));
        Workload workload = new Workload(
                Optional.of("other"), List.of(), 8000, request.workload().environment());

        assertThat(done(provider.launch(request)).id()).isEqualTo(first.id());
        assertThat(failure(provider.launch(new LaunchRequest(request.offer(), request.tags(), workload))))
                .isInstanceOf(Failure.Conflict.class);
        made();
    }

    @Test
    void aTerminatedPodIsGoneWithItsSecret() {
        Instance launched = done(provider.launch(request()));

        done(provider.terminate(launched.id(), launched.offer().location()));

        assertThat(other.pods().inNamespace(NAMESPACE).list().getItems()).isEmpty();
        assertThat(other.secrets().inNamespace(NAMESPACE).list().getItems()).isEmpty();
        assertThat(only().end()).map(Instance.End::cause).contains(EndCause.TERMINATED);
    }

    @Test
    void changesComeThroughTheWatch() {
        List<ProviderEvent> events = new CopyOnWriteArrayList<>();
        try (Subscription feed = provider.events(LINEAGE, events::add)) {
            assertThat(feed).isNotNull();
            done(provider.launch(request()));
            run(made());

            await(
                    "the running pod",
                    () -> events.stream()
                            .anyMatch(event -> event instanceof ProviderEvent.InstanceChanged(Instance one)
                                    && one.state() == InstanceState.RUNNING));

            other.pods().inNamespace(NAMESPACE).resource(made()).delete();

            await(
                    "its end",
                    () -> events.stream()
                            .anyMatch(event ->
                                    event instanceof ProviderEvent.InstanceChanged(Instance one) && !one.isLive()));
        }
    }
}
