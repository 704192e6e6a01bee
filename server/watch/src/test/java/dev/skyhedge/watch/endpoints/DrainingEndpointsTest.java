package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.state.records.ReplicaKey;
import java.io.BufferedReader;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What runs on a replica that leaves, as the engine is told.
class DrainingEndpointsTest extends EndpointFixture {
    @Test
    void aReplicaIsNotDrainedBeforeItsRequestsAtAnOldAddressHaveEnded() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        CompletableFuture<String> running = ask(first, "/slow");
        slowHasBegun.await();
        balancers.serve(spec("chat", second, ""));
        var drained = new Message.Drained(new ReplicaKey("chat", "chat-1", 1));

        route(routes("chat", true));
        await(
                () -> "two samples",
                () -> messages.stream()
                                .filter(Message.SignalsRead.class::isInstance)
                                .count()
                        >= 2);

        assertThat(messages).doesNotContain(drained);
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE);
        await(() -> "the end of draining", () -> messages.contains(drained));
    }

    @Test
    @Timeout(60)
    void aStreamOnAReplicaThatLeavesIsCountedToItsEndAndEndsWhole() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        events.add("one");
        try (BufferedReader stream = openStream(first)) {
            assertThat(stream.readLine()).isEqualTo("one");

            route(routes("chat", true));
            messages.clear();
            await(
                    () -> "a count: " + messages,
                    () -> messages.stream()
                            .anyMatch(message -> message instanceof Message.SignalsRead read
                                    && Integer.valueOf(1).equals(read.inFlight().get("chat-1"))));
            events.add("two");
            assertThat(stream.readLine()).isEqualTo("two");
            assertThat(messages).noneMatch(Message.Drained.class::isInstance);

            events.add("");
            assertThat(stream.readLine()).as("the end of the stream").isNull();
        }
        var drained = new Message.Drained(new ReplicaKey("chat", "chat-1", 1));
        await(() -> "the end of draining", () -> messages.contains(drained));
    }
}
