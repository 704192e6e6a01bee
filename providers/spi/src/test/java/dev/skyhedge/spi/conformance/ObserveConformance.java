package dev.skyhedge.spi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is seen of instances, what their workloads wrote, and what closing a client leaves.
abstract class ObserveConformance extends LaunchConformance {
    private static final int LOG_BYTES = 64 << 10;

    // --- observing

    @Test
    void lineagesAreIsolated() {
        Instance mine = launchAndRun();
        LaunchRequest theirs = request(lineage + "-b", harness.onDemandOffer());
        done(provider.launch(theirs));

        assertThat(observed()).extracting(Instance::id).containsExactly(mine.id());
        assertThat(done(provider.observe(lineage + "-c")).instances()).isEmpty();
    }

    @Test
    void emptyLineageMeansEveryLineage() {
        Instance mine = launchAndRun();
        Instance theirs = done(provider.launch(request(lineage + "-b", harness.onDemandOffer())));
        await("both seen", () -> done(provider.observe("")).instances().size() >= 2);

        List<Instance> all = done(provider.observe("")).instances();

        assertThat(all).extracting(Instance::id).contains(mine.id(), theirs.id());
        assertThat(all)
                .extracting(instance -> instance.tags().lineage())
                .contains(mine.tags().lineage(), theirs.tags().lineage());
    }

    @Test
    void twoClientsSeeTheSame() {
        Instance mine = launchAndRun();

        List<Instance> seen = done(harness.secondClient().observe(lineage)).instances();

        assertThat(seen).extracting(Instance::id).containsExactly(mine.id());
    }

    @Test
    void unreachableLocationIsNamedInsteadOfLookingEmpty() {
        Instance mine = launchAndRun();
        harness.cutOff(mine.offer().location());

        Observation partial = done(provider.observe(lineage));

        assertThat(partial.covers(mine.offer().location())).isFalse();
        harness.reconnect(mine.offer().location());
        assertThat(observed()).extracting(Instance::id).containsExactly(mine.id());
    }

    // --- logs

    @Test
    void logsEventuallyShowWhatTheWorkloadWroteOrAreRefused() {
        Instance mine = launchAndRun();

        if (harness.keepsLogs()) {
            await("the log", () -> log(mine, 0).text().contains("ready"));
            LogPage all = log(mine, 0);
            LogPage tail = log(mine, -3);
            assertThat(all.nextOffset()).isPositive();
            assertThat(all.text()).endsWith(tail.text());
            assertThat(log(mine, all.nextOffset()).nextOffset()).isGreaterThanOrEqualTo(all.nextOffset());
        } else {
            assertThat(failure(provider.logs(mine.id(), mine.offer().location(), 0, LOG_BYTES)))
                    .isInstanceOf(Failure.UnsupportedHere.class);
        }
    }

    @Test
    void logsOfAnUnknownInstanceAreRefused() {
        assertThat(failure(provider.logs("i-999999", harness.spotOffer().location(), 0, LOG_BYTES)))
                .isInstanceOfAny(Failure.NotFound.class, Failure.UnsupportedHere.class);
    }

    // --- closing

    @Test
    void instancesOutliveTheirClient() {
        Instance mine = launchAndRun();
        Provider second = harness.secondClient();

        provider.close();

        List<Instance> seen = done(second.observe(lineage)).instances();
        assertThat(seen).singleElement().matches(Instance::isLive).matches(i -> i.id().equals(mine.id()));
    }

    @Test
    void closingTwiceAndClosingASubscriptionLateDoNotFail() {
        Subscription subscription = provider.events(lineage, event -> {});

        provider.close();
        provider.close();
        subscription.close();
    }

    private LogPage log(Instance instance, long offset) {
        return done(provider.logs(instance.id(), instance.offer().location(), offset, LOG_BYTES));
    }
}
