package dev.skyhedge.providers.kubernetes;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static dev.skyhedge.providers.kubernetes.KubernetesHarness.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.kubernetes.fake.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Provider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostRepliesTest {
    private final KubernetesHarness harness = new KubernetesHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aLostReplyLeavesOnePod() {
        harness.server().fault("POST pods", new Fault.ReplyLost());
        Provider provider = harness.provider();

        Instance made = done(provider.launch(harness.spot(1)));

        assertThat(harness.cluster().live()).containsExactly(made.id());
        assertThat(harness.cluster().made().values()).containsOnly(1);
    }

    @Test
    void aPageForPeopleInsteadOfAnAnswerLeavesOnePod() {
        harness.server().fault("POST pods", new Fault.PageAfterEffect(502));

        Instance made = done(harness.provider().launch(harness.spot(1)));

        assertThat(harness.cluster().live()).containsExactly(made.id());
    }

    @Test
    void aClusterThatNeverAnswersIsAnUnknownOutcome() {
        for (int i = 0; i < 5; i++) {
            harness.server().fault("POST pods", new Fault.CallLost());
        }

        assertThat(failure(harness.provider().launch(harness.spot(1)))).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void aCrashBeforeTheSecretIsMadeGoodByTheNextLaunch() {
        for (int i = 0; i < 5; i++) {
            harness.server().fault("POST secrets", new Fault.CallLost());
        }
        assertThat(failure(harness.provider().launch(harness.spot(1)))).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(harness.cluster().secretNames()).isEmpty();

        Instance made = done(harness.secondClient().launch(harness.spot(1)));

        assertThat(harness.cluster().secretNames()).containsExactly(made.id());
        assertThat(harness.cluster().made().values()).containsOnly(1);
    }

    @Test
    void bookKeepingOfQuotasThatIsInItsOwnWayIsTriedAgainLater() {
        harness.server()
                .fault(
                        "POST pods",
                        new Fault.Refused(409, "Conflict", "Operation cannot be fulfilled on resourcequotas"));

        assertThat(failure(harness.provider().launch(harness.spot(1)))).isInstanceOf(Failure.Throttled.class);
    }

    @Test
    void somebodyElsesPodOfTheSameNameIsAConflictAndStays() {
        LaunchRequest mine = harness.spot(1);
        LaunchRequest theirs = new LaunchRequest(
                mine.offer(), new InstanceTags("other", "chat", "chat-1", 1, mine.token()), mine.workload());
        Provider provider = harness.provider();
        Instance other = done(provider.launch(theirs));

        assertThat(failure(harness.secondClient().launch(mine))).isInstanceOf(Failure.Conflict.class);
        assertThat(harness.cluster().live()).containsExactly(other.id());
    }

    @Test
    void aRepeatedLaunchFindsItsPodThoughThePoolIsNotOfferedAnyMore() {
        Instance made = done(harness.provider().launch(harness.spot(1)));
        harness.cluster().cordon("l4-spot-a");
        harness.clock().advance(Duration.ofSeconds(11));

        assertThat(done(harness.secondClient().launch(harness.spot(1))).id()).isEqualTo(made.id());
        assertThat(ZONE).isEqualTo(made.offer().location());
    }
}
