package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Ending;
import dev.skyhedge.engine.reconcile.InstanceNotice;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.engine.reconcile.Watch;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A controller acknowledges what it was told.
class ReceiptsTest extends ControllerFixture {
    @Test
    void acknowledgesWhatItWasToldOnceThatIsSaved() throws Exception {
        Message notice = preemptionOfTheOnlyReplica();
        Controller controller = controller(Declared.all(CHAT), new Watch(), new SimulatedProvider(cloud));
        CompletableFuture<Ending> ending = start(controller);

        assertThat(isSaved(controller.deliver(notice))).isTrue();

        assertThat(store.events("", 1_000)).extracting(Event::kind).contains("preemption_notice");
        controller.stop();
        await(ending);
    }

    @Test
    void acknowledgesNothingThatItEndsWithout() throws Exception {
        Message notice = preemptionOfTheOnlyReplica();
        Controller controller = controller(Declared.all(CHAT), new Watch(), new SimulatedProvider(cloud));
        controller.stop();
        CompletionStage<Boolean> before = controller.deliver(notice);

        await(start(controller));

        assertThat(isSaved(before)).isFalse();
        assertThat(isSaved(controller.deliver(notice))).isFalse();
        assertThat(store.events("", 1_000)).extracting(Event::kind).doesNotContain("preemption_notice");
    }

    private Message preemptionOfTheOnlyReplica() throws Exception {
        run(Declared.all(CHAT), new Settle());
        ReplicaRecord replica = store.read().replicas().getFirst();
        return new Message.Noticed(new InstanceNotice(
                replica.token(),
                InstanceNotice.Kind.PREEMPTION,
                Optional.of(clock.instant().plus(Duration.ofMinutes(2))),
                "sim",
                clock.instant()));
    }

    private static boolean isSaved(CompletionStage<Boolean> receipt) throws Exception {
        return receipt.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
