package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.skyhedge.providers.cloud.contract.LaunchContract;
import dev.skyhedge.providers.cloud.contract.Situation;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.fake.Recorded;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GcpLaunchTest extends LaunchContract<GcpHarness> {
    @Override
    protected GcpHarness open(Situation situation) {
        return new GcpHarness(situation);
    }

    @Override
    protected int callers() {
        return 100;
    }

    // --- the order

    @Test
    void spotOrderIsDeletedWhenTakenBackAndLeavesNoDisk() {
        JsonObject order = ordered(spot(1));

        JsonObject scheduling = order.getAsJsonObject("scheduling");
        assertThat(scheduling.get("provisioningModel").getAsString()).isEqualTo("SPOT");
        assertThat(scheduling.get("instanceTerminationAction").getAsString()).isEqualTo("DELETE");
        assertThat(scheduling.get("onHostMaintenance").getAsString()).isEqualTo("TERMINATE");
        assertThat(scheduling.get("automaticRestart").getAsBoolean()).isFalse();
        JsonObject disk = order.getAsJsonArray("disks").get(0).getAsJsonObject();
        assertThat(disk.get("autoDelete").getAsBoolean()).isTrue();
    }

    @Test
    void diskHasTheSizeThatTheLaunchSaysElseTheProviders() {
        assertThat(diskOf(ordered(spot(1).onDisk(750)))).isEqualTo(750);
        assertThat(diskOf(ordered(spot(2)))).isEqualTo(100);
    }

    private static int diskOf(JsonObject order) {
        return order.getAsJsonArray("disks")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("initializeParams")
                .get("diskSizeGb")
                .getAsInt();
    }

    @Test
    void labelsAreOnTheInstanceAndItsDiskFromTheFirstCall() {
        JsonObject order = ordered(spot(1));

        JsonObject labels = order.getAsJsonObject("labels");
        assertThat(labels.get("skyhedge-lineage").getAsString()).isEqualTo(LINEAGE);
        assertThat(labels.get("skyhedge-token").getAsString()).isEqualTo("tlineagean1");
        assertThat(order.getAsJsonArray("disks")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("initializeParams")
                        .getAsJsonObject("labels"))
                .isEqualTo(labels);
    }

    @Test
    void cardsAreAttachedWhereTheMachineTypeHasNone() {
        JsonObject order = ordered(harness.request(
                GcpHarness.offer("n1-standard-8+nvidia-tesla-t4:2", "T4:2", GcpHarness.ZONE, Market.SPOT, "0.466"),
                LINEAGE,
                1));

        JsonObject cards = order.getAsJsonArray("guestAccelerators").get(0).getAsJsonObject();
        assertThat(order.get("machineType").getAsString()).isEqualTo("zones/us-central1-a/machineTypes/n1-standard-8");
        assertThat(cards.get("acceleratorType").getAsString())
                .isEqualTo("zones/us-central1-a/acceleratorTypes/nvidia-tesla-t4");
        assertThat(cards.get("acceleratorCount").getAsInt()).isEqualTo(2);
    }

    @Test
    void attachedCardsAreReadBackAsTheSameOffer() {
        LaunchRequest request = harness.request(
                GcpHarness.offer("n1-standard-8+nvidia-tesla-t4:2", "T4:2", GcpHarness.ZONE, Market.SPOT, "0.46605"),
                LINEAGE,
                1);

        Instance launched = done(provider.launch(request));

        assertThat(launched.offer()).isEqualTo(request.offer());
        assertThat(done(harness.secondClient().observe(LINEAGE)).instances())
                .extracting(Instance::offer)
                .containsExactly(request.offer());
    }

    @Test
    void repeatedLaunchSendsTheSameBytes() {
        LaunchRequest request = spot(1);

        done(provider.launch(request));
        done(harness.secondClient().launch(request));

        List<Recorded> inserts = inserts();
        assertThat(inserts).hasSize(2);
        assertThat(inserts.get(1).request()).isEqualTo(inserts.get(0).request());
        assertThat(inserts.get(1).query()).isEqualTo(inserts.get(0).query());
        assertThat(inserts.get(0).query()).contains("requestId=");
    }

    // --- refusals

    @Test
    void shortageIsReadFromTheOperation() {
        harness.fake().cloud().capacity("us-central1-a", "g2-standard-4", true, 0);

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.NoCapacity.class);
        assertThat(failure.message()).contains("ZONE_RESOURCE_POOL_EXHAUSTED");
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void quotaOfSpotCardsIsReadFromTheOperation() {
        harness.fake().cloud().quota("us-central1", "PREEMPTIBLE_NVIDIA_L4_GPUS", 1);
        done(provider.launch(spot(1)));

        Failure failure = failure(provider.launch(spot(2)));

        assertThat(failure).isInstanceOf(Failure.Quota.class);
        done(provider.launch(onDemand(3)));
    }

    @Test
    void reasonOfARefusedCallIsReadFromItsBody() {
        harness.fake().fault("Instances.Insert", new Fault.Refused(403, "quotaExceeded", "Quota 'CPUS_ALL' exceeded."));

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.Quota.class);
    }

    @Test
    void internalErrorOfAnOperationThatMadeNothingIsDefinite() {
        harness.fake()
                .fault(
                        "Instances.Insert",
                        new Fault.OperationFails("INTERNAL_ERROR", "Internal error. Try again.", 500));

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.Throttled.class);
    }

    @Test
    void machineThatIsTakenBackWhileItIsMadeLeavesNothing() {
        harness.fake()
                .fault(
                        "Instances.Insert",
                        new Fault.OperationFails("PREEMPTED", "Instance failed to start due to preemption.", 400));

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.PreemptedDuringLaunch.class);
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void instanceThatOutlivedTheMemoryOfItsRequestIsAdopted() {
        LaunchRequest request = spot(1);
        Instance first = done(provider.launch(request));
        harness.clock().advance(Duration.ofMinutes(61));

        Instance again = done(harness.secondClient().launch(request));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.launchedAt()).isEqualTo(first.launchedAt());
        assertThat(harness.fake().cloud().created()).isEqualTo(1);
    }

    // --- disturbed wires

    @Test
    void replyThatIsLostAgainAndAgainIsAnUnknownOutcomeThatALaterLaunchFinds() {
        LaunchRequest request = spot(1);
        for (int i = 0; i < 12; i++) {
            harness.fake().fault("Instances.Insert", new Fault.PageAfterEffect(502));
        }

        assertThat(failure(provider.launch(request))).isInstanceOf(Failure.OutcomeUnknown.class);
        Outcome<Instance> later = provider.launch(request);
        while (later instanceof Outcome.Failed<Instance>) {
            later = provider.launch(request);
        }

        assertThat(harness.fake().cloud().created()).isEqualTo(1);
    }

    @Test
    void operationThatNeverEndsIsAnUnknownOutcome() {
        restart(Situation.withoutEnd());
        for (int i = 0; i < 6; i++) {
            harness.fake().fault("Instances.Get", new Fault.Page(503));
        }

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(failure.message()).contains("is not done after");
    }

    private JsonObject ordered(LaunchRequest request) {
        done(provider.launch(request));
        return JsonParser.parseString(inserts().getLast().request()).getAsJsonObject();
    }

    private List<Recorded> inserts() {
        return harness.fake().recorded().stream()
                .filter(call -> call.method().equals("Instances.Insert"))
                .toList();
    }
}
