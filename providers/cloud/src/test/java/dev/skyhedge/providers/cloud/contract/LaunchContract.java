package dev.skyhedge.providers.cloud.contract;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What becomes of a launch on a wire that breaks, in a cloud that has enough of us.
public abstract class LaunchContract<H extends CloudHarness<?>> extends ClientContract<H> {
    private static final int MAX_ROUNDS = 20;

    /// How many launch side by side in a cloud that takes eight calls a second.
    protected abstract int callers();

    @Test
    void throttledLaunchComesAgainAfterTheTimeThatTheCloudGives() {
        harness.fake().fault(harness.calls().create(), harness.throttled(Duration.ofSeconds(17)));

        done(provider.launch(spot(1)));

        assertThat(harness.clock().instant()).isAfterOrEqualTo(CloudHarness.START.plusSeconds(17));
        assertThat(harness.fake().calls(harness.calls().create())).isEqualTo(2);
    }

    @Test
    void nameThatBelongsToSomethingElseIsAConflict() {
        // The first twelve characters of a token are in the name.
        done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1, "tlineagean1longerthanthat")));

        Failure failure = failure(
                harness.secondClient().launch(harness.request(harness.spotOffer(), LINEAGE, 1, "tlineagean1longerx")));

        assertThat(failure).isInstanceOf(Failure.Conflict.class);
        assertThat(harness.ledger().live()).hasSize(1);
    }

    @Test
    void lostReplyLeavesOneInstance() {
        harness.fake().fault(harness.calls().create(), new Fault.ReplyLost());
        harness.fake().fault(harness.calls().create(), new Fault.PageAfterEffect(502));

        Instance launched = done(provider.launch(spot(1)));

        assertThat(harness.ledger().created()).isEqualTo(1);
        assertThat(harness.ledger().live(LINEAGE)).containsExactly(launched.id());
    }

    @Test
    void answerThatIsNoJsonIsAnUnknownOutcome() {
        harness.fake().faults(harness.calls().create(), 8, new Fault.Page(200));

        assertThat(failure(provider.launch(spot(1)))).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void lostAnswersOfTheOperationDoNotMatter() {
        harness.fake().fault(harness.calls().operation(), new Fault.CallLost());
        harness.fake().faults(harness.calls().operation(), 6, new Fault.Page(503));

        done(provider.launch(spot(1)));

        assertThat(harness.ledger().created()).isEqualTo(1);
    }

    @Test
    void throttledParallelLaunchesAllSucceedInTheEndOnce() throws Exception {
        restart(Situation.limited(8));
        List<LaunchRequest> open = new ArrayList<>();
        for (int i = 0; i < callers(); i++) {
            open.add(spot(i));
        }

        for (int round = 0; round < MAX_ROUNDS && !open.isEmpty(); round++) {
            open = stillOpen(open);
        }

        assertThat(open).isEmpty();
        assertThat(harness.ledger().created()).isEqualTo(callers());
    }

    private List<LaunchRequest> stillOpen(List<LaunchRequest> requests) throws Exception {
        List<Future<Outcome<Instance>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            requests.forEach(request -> answers.add(callers.submit(() -> provider.launch(request))));
        }
        List<LaunchRequest> open = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            if (answers.get(i).get() instanceof Outcome.Failed<Instance>(Failure failure)) {
                assertThat(failure).isInstanceOfAny(Failure.Throttled.class, Failure.OutcomeUnknown.class);
                open.add(requests.get(i));
            }
        }
        return open;
    }
}
