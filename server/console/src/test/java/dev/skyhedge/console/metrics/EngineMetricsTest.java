package dev.skyhedge.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.SpendEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {
    private static final String PLACE = "{location=\"aws/us-east-1/us-east-1a\",service=\"chat\"}";

    private final Story story = Story.begun();

    @Test
    void countsReplicasByStateAndMarket() {
        story.launches("chat-1", 1, Market.SPOT);
        story.launches("chat-2", 1, Market.ON_DEMAND);
        story.step(2, 0);

        PrometheusText text = story.text();
        assertThat(text.value("skyhedge_replicas{market=\"spot\",service=\"chat\",state=\"requested\"}"))
                .isEqualTo(1);
        assertThat(text.value("skyhedge_replicas{market=\"on_demand\",service=\"chat\",state=\"requested\"}"))
                .isEqualTo(1);
        assertThat(text.value("skyhedge_replicas{market=\"spot\",service=\"chat\",state=\"ready\"}"))
                .isZero();
        assertThat(text.value("skyhedge_replicas_wanted{service=\"chat\"}")).isEqualTo(2);
        assertThat(text.value("skyhedge_launches_total{market=\"spot\",service=\"chat\"}"))
                .isEqualTo(1);
    }

    @Test
    void endsTheSeriesOfAReplicaThatIsGone() {
        ReplicaRecord replica = story.ready("chat-1", 1);
        assertThat(story.text().series()).anyMatch(series -> series.startsWith("skyhedge_replica_info"));

        story.moves(replica, Lifecycle.GONE, "ended");
        story.step(1, 0);

        assertThat(story.text().series()).noneMatch(series -> series.startsWith("skyhedge_replica_info"));
    }

    @Test
    void endsTheGaugesOfARemovedService() {
        story.wants(0).step(0, 0);

        story.change(new Change.RemoveWorkload("chat")).step(0, 0);

        assertThat(story.text().series()).noneMatch(series -> series.startsWith("skyhedge_replicas"));
    }

    @Test
    void exportsChecksThatAreKnown() {
        story.change(new Change.AppendEvent(new Event(
                        Instant.EPOCH, "", "", "checks", "check.a pass\ncheck.b fail: Too few.\ncheck.c unknown")))
                .step(0, 0);

        assertThat(story.text().value("skyhedge_check_passed{check=\"check.a\"}"))
                .isEqualTo(1);
        assertThat(story.text().value("skyhedge_check_passed{check=\"check.b\"}"))
                .isZero();
        assertThat(story.text().series()).noneMatch(series -> series.contains("check.c"));
    }

    @Test
    void timesFromANoticeToTheLaunchOfTheReplacement() {
        ReplicaRecord lost = story.ready("chat-1", 1);
        story.isNoticed(lost);
        story.launches("chat-2", 1, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().replacementLag())
                .isEqualTo(new LagReport(1, Duration.ofMillis(3), Duration.ofMillis(3), Duration.ofMillis(3)));
        assertThat(story.text().value("skyhedge_preemption_notice_to_launch_seconds_sum"))
                .isEqualTo(0.003);
        assertThat(story.text().value("skyhedge_preemption_notices_total" + PLACE))
                .isEqualTo(1);
    }

    @Test
    void timesAReplacementThatIsLaunchedSomeStepsLater() {
        ReplicaRecord lost = story.ready("chat-1", 1);
        story.moves(lost, Lifecycle.PREEMPTED, "taken back");
        story.step(1, 0);
        story.after(Duration.ofMillis(997));
        story.launches("chat-2", 1, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().replacementLag().max()).isEqualTo(Duration.ofMillis(1_003));
        assertThat(story.text().value("skyhedge_preemptions_total" + PLACE)).isEqualTo(1);
    }

    @Test
    void timesAReplicaThatFailedApart() {
        ReplicaRecord lost = story.ready("chat-1", 1);
        story.moves(lost, Lifecycle.FAILED, "the command exited");
        story.launches("chat-1", 2, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().failureLag().count()).isEqualTo(1);
        assertThat(story.metrics().replacementLag().count()).isZero();
        assertThat(story.text().value("skyhedge_replica_failures_total{service=\"chat\"}"))
                .isEqualTo(1);
    }

    @Test
    void replacesWhatTheCloudTookBeforeWhatFailed() {
        ReplicaRecord failed = story.ready("chat-1", 2);
        ReplicaRecord taken = story.ready("chat-2", 2);
        story.moves(failed, Lifecycle.FAILED, "the command exited");
        story.step(2, 1);
        story.after(Duration.ofMillis(500));
        story.moves(taken, Lifecycle.PREEMPTED, "taken back");
        story.launches("chat-3", 1, Market.SPOT);

        story.step(2, 0);

        assertThat(story.metrics().replacementLag().max()).isEqualTo(Duration.ofMillis(3));
        assertThat(story.metrics().failureLag().count()).isZero();
    }

    @Test
    void countsOnePreemptionThatWasAnnouncedOnce() {
        ReplicaRecord replica = story.isNoticed(story.ready("chat-1", 1));
        replica = story.moves(replica, Lifecycle.STOPPING, "drained");
        story.moves(replica, Lifecycle.PREEMPTED, "drained");
        story.launches("chat-2", 1, Market.SPOT);
        story.launches("chat-3", 1, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().replacementLag().count()).isEqualTo(1);
        assertThat(story.text().value("skyhedge_preemptions_total" + PLACE)).isEqualTo(1);
    }

    @Test
    void doesNotTakeAPlannedDrainForALoss() {
        story.isDrained(story.ready("chat-1", 1));
        story.launches("chat-2", 1, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().replacementLag().count()).isZero();
    }

    @Test
    void takesAnInstanceThatTheCloudStopsForALoss() {
        ReplicaRecord replica = story.ready("chat-1", 1);
        story.moves(replica, Lifecycle.DRAINING, "the provider is stopping its instance");
        story.launches("chat-2", 1, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().replacementLag().count()).isEqualTo(1);
    }

    @Test
    void forgetsALossThatNeedsNoReplacement() {
        ReplicaRecord lost = story.ready("chat-1", 2);
        story.ready("chat-2", 2);
        story.moves(lost, Lifecycle.PREEMPTED, "taken back");
        story.step(1, 1);
        story.after(Duration.ofHours(1));
        story.launches("chat-3", 1, Market.SPOT);

        story.step(2, 1);

        assertThat(story.metrics().replacementLag().count()).isZero();
    }

    @Test
    void doesNotTakeARefusedLaunchForALoss() {
        ReplicaRecord refused = story.launches("chat-1", 1, Market.SPOT);
        story.step(1, 0);
        story.moves(refused.refused("no_capacity"), Lifecycle.FAILED, "none left");
        story.launches("chat-1", 2, Market.SPOT);

        story.step(1, 0);

        assertThat(story.metrics().replacementLag().count()).isZero();
        assertThat(story.text().value("skyhedge_launch_failures_total{kind=\"no_capacity\",service=\"chat\"}"))
                .isEqualTo(1);
    }

    @Test
    void timesFromTheDecisionUntilReady() {
        story.ready("chat-1", 1);

        assertThat(story.metrics().readyLag().max()).isEqualTo(Duration.ofMillis(1_003));
        assertThat(story.text().value("skyhedge_ready_lag_seconds_count")).isEqualTo(1);
        assertThat(story.text().value("skyhedge_replicas_ready{service=\"chat\"}"))
                .isEqualTo(1);
    }

    @Test
    void addsUpEndedAndRunningSpend() {
        var start = Story.START;
        story.spends(Kind.RENTED_SPOT, "chat-1#1", "0.36", start, Optional.empty());
        story.spends(Kind.RENTED_SPOT, "chat-2#1", "1", start, Optional.of(start.plusSeconds(3_600)));
        story.spends(Kind.ALL_ON_DEMAND, "all", "3.6", start, Optional.empty());
        story.step(1, 0);

        story.after(Duration.ofSeconds(100).minusMillis(3));

        assertThat(story.text().value("skyhedge_spend_usd_total{market=\"spot\",service=\"chat\"}"))
                .isEqualTo(1.01);
        assertThat(story.text().value("skyhedge_all_on_demand_usd_total{service=\"chat\"}"))
                .isEqualTo(0.1);
    }

    @Test
    void neverLowersSpendWhenAnEntryTurnsOutToHaveEndedEarlier() {
        var start = Story.START;
        String series = "skyhedge_spend_usd_total{market=\"spot\",service=\"chat\"}";
        story.spends(Kind.RENTED_SPOT, "chat-1#1", "3.6", start, Optional.empty())
                .step(1, 0);
        story.after(Duration.ofSeconds(100).minusMillis(3));
        assertThat(story.text().value(series)).isEqualTo(0.1);

        story.spends(Kind.RENTED_SPOT, "chat-1#1", "3.6", start, Optional.of(start.plusSeconds(50)))
                .step(1, 0);

        assertThat(story.text().value(series)).isEqualTo(0.1);
    }

    @Test
    void saysWhatIsMissing() {
        var standby = new EngineMetrics(story);
        assertThat(standby.missing()).containsExactly("this process does not hold the lease");
        assertThat(story.metrics().missing()).containsExactly("the controller has not made its first step");

        story.step(2, 0);
        assertThat(story.metrics().missing()).containsExactly("service.chat: none of 2 wanted replicas serves");

        story.step(2, 1);
        assertThat(story.metrics().missing()).isEmpty();
    }

    @Test
    void wantsNothingOfAServiceThatIsScaledToZero() {
        story.step(0, 0);

        assertThat(story.metrics().missing()).isEmpty();
    }

    @Test
    void showsWhoLeads() {
        assertThat(story.text().value("skyhedge_leader")).isEqualTo(1);
        assertThat(story.text().value("skyhedge_lease_epoch")).isEqualTo(7);

        story.metrics().resign();

        assertThat(story.text().value("skyhedge_leader")).isZero();
    }

    @Test
    void escapesWhatAProviderIsCalled() {
        story.metrics().providerFailed("a\"b\\c\nd", new Failure.Denied("no"));

        assertThat(story.text().series())
                .contains("skyhedge_provider_errors_total{kind=\"denied\",provider=\"a\\\"b\\\\c\\nd\"}");
    }

    @Test
    void staysReadableWhileItIsFed() throws InterruptedException {
        ReplicaRecord replica = story.ready("chat-1", 1);
        var reader = new Thread(() -> {
            for (int i = 0; i < 200; i++) {
                story.text();
            }
        });
        var failures = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
        reader.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));

        reader.start();
        for (int i = 0; i < 200; i++) {
            story.launches("chat-" + (i + 2), 1, Market.SPOT);
            story.step(List.of(Story.summary(1, 1)));
        }
        reader.join(Duration.ofSeconds(30));

        assertThat(failures).isEmpty();
        assertThat(reader.isAlive()).isFalse();
        assertThat(replica.name()).isEqualTo("chat-1");
        assertThat(story.text().value("skyhedge_reconcile_steps_total")).isEqualTo(202);
    }
}
