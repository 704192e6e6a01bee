package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.FakeRules;
import dev.skyhedge.providers.kubernetes.fake.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesRefusalsTest {
    private KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void anExceededQuotaIsAboutTheWholeNamespace() {
        harness.cluster().limit("requests.nvidia.com/gpu", 1);
        Provider provider = harness.provider();
        done(provider.launch(harness.spot(1)));

        Failure failure = failure(provider.launch(harness.spot(2)));

        assertThat(failure).isInstanceOf(Failure.Quota.class);
        assertThat(((Failure.Quota) failure).scope().covers(harness.onDemandOffer()))
                .isTrue();
        assertThat(done(provider.quotas()))
                .singleElement()
                .satisfies(quota -> assertThat(quota.remaining()).isZero());
    }

    @Test
    void aMissingPermissionIsDenied() {
        harness.server().forbid("create pods");

        assertThat(failure(harness.provider().launch(harness.spot(1)))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void withoutPermissionForItsSecretThePodIsGivenBack() {
        harness.server().forbid("create secrets");
        Provider provider = harness.provider();

        assertThat(failure(provider.launch(harness.spot(1)))).isInstanceOf(Failure.Denied.class);
        harness.clock().advance(Duration.ofSeconds(10));
        assertThat(harness.cluster().live()).isEmpty();
    }

    @Test
    void aNamespaceThatIsNotThereIsAMistakeInTheRequest() {
        harness.server().fault("POST pods", new Fault.Refused(404, "NotFound", "namespaces \"ml\" not found"));

        assertThat(failure(harness.provider().launch(harness.spot(1)))).isInstanceOf(Failure.InvalidRequest.class);
    }

    @Test
    void throttledCallsWaitAsLongAsTheHeaderSays() {
        harness.server().fault("POST pods", new Fault.Throttled(Duration.ofSeconds(7)));
        Instant before = harness.clock().instant();

        done(harness.provider().launch(harness.spot(1)));

        assertThat(Duration.between(before, harness.clock().instant()))
                .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void manyLaunchesAtOnceOutlastALimitOfCalls() throws Exception {
        harness.close();
        harness = new KubernetesHarness(FakeRules.calm().limited(20));
        harness.cluster().setGpus("l4-spot-a", 100);
        Provider provider = harness.provider();
        List<Future<Outcome<Instance>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                int number = i;
                answers.add(callers.submit(() -> provider.launch(harness.spot(number))));
            }
        }

        for (Future<Outcome<Instance>> answer : answers) {
            assertThat(done(answer.get()).isLive()).isTrue();
        }
        assertThat(harness.cluster().live()).hasSize(30);
    }
}
