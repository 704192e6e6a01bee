package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.contract.ObserveContract;
import dev.skyhedge.providers.cloud.contract.Situation;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GcpObserveTest extends ObserveContract<GcpHarness> {
    @Override
    protected GcpHarness open(Situation situation) {
        return new GcpHarness(situation);
    }

    @Test
    void listsAllPages() {
        put(MANY);
        long before = harness.fake().calls("Instances.AggregatedList");

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.instances()).hasSize(MANY);
        assertThat(harness.fake().calls("Instances.AggregatedList") - before).isEqualTo(3);
        assertThat(harness.fake().calls("Instances.Get")).isZero();
    }

    @Test
    void preemptionIsToldByTheOperation() {
        Instance launched = done(provider.launch(spot(1)));
        harness.fake().cloud().preemptAtOnce("us-central1-a", launched.id());

        Instance ended = only();

        assertThat(ended.state()).isEqualTo(InstanceState.ENDED);
        assertThat(ended.end().orElseThrow().cause()).isEqualTo(EndCause.PREEMPTED);
        assertThat(ended.end().orElseThrow().detail()).isEqualTo("taken back by Google");
    }

    @Test
    void deletionBySomebodyElseIsNotPreemption() {
        Instance launched = done(provider.launch(spot(1)));
        done(harness.secondClient().terminate(launched.id(), launched.offer().location()));
        harness.clock().advance(Duration.ofMinutes(1));

        Instance.End end = only().end().orElseThrow();

        assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
        assertThat(end.detail()).contains("deleted by");
    }

    @Test
    void sameNumberOfCallsHoweverManyInstancesAPageHolds() {
        put(400);

        done(provider.observe(LINEAGE));
        done(provider.observe(LINEAGE));

        assertThat(harness.fake().recorded()).hasSize(2);
    }

    @Test
    void quotasOfCardsAreToldPerRegionAndMarket() {
        harness.fake().cloud().quota("us-central1", "PREEMPTIBLE_NVIDIA_L4_GPUS", 8);
        done(provider.launch(spot(1)));

        assertThat(done(provider.quotas()))
                .filteredOn(quota -> quota.name().equals("PREEMPTIBLE_NVIDIA_L4_GPUS in us-central1"))
                .singleElement()
                .satisfies(quota -> {
                    assertThat(quota.remaining()).isEqualTo(7);
                    assertThat(quota.scope().market()).contains(Market.SPOT);
                });
    }

    @Override
    protected void put(int count) {
        for (int i = 0; i < count; i++) {
            harness.fake().cloud().put("us-central1-a", labelled(i), i);
        }
    }

    private com.google.cloud.compute.v1.Instance labelled(int number) {
        LaunchRequest request = spot(number);
        return InstanceOrder.of(
                request,
                "sh-" + number,
                "#!/bin/sh",
                GcpSettings.read(java.util.Map.of("project", "acme-ml"), java.util.Map.of())
                        .machine());
    }
}
