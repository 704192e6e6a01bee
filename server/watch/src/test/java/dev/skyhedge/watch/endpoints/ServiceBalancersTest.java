package dev.skyhedge.watch.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Endpoints with real sockets, while their spec changes.
class ServiceBalancersTest extends EndpointFixture {
    @Test
    void anAddressThatMovesIsOpenBeforeTheOldOneIsGivenUpAndWhatRunsGoesOn() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        CompletableFuture<String> running = ask(first, "/slow");
        slowHasBegun.await();

        assertThat(balancers.serve(spec("chat", second, ""))).isEmpty();

        assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        assertThat(ask(first, "/")).failsWithin(PATIENCE);
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aReplicaWhoseKeyCannotBeReadGetsNothingInTheOpen() throws Exception {
        balancers.serve(spec("chat", first, "hold_timeout = \"200ms\""));

        for (boolean tls : List.of(false, true)) {
            route(keyless("chat", tls));
            assertThat(ask(first, "/")).succeedsWithin(PATIENCE).asString().isNotEqualTo("here");
        }

        route(routes("chat", false));
        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aRequestThatWaitsSurvivesAChangeOfItsEndpoint() throws Exception {
        balancers.serve(spec("chat", first, ""));
        CompletableFuture<String> waiting = ask(first, "/");
        await(() -> "the request waits", () -> messages.stream().anyMatch(Message.Woken.class::isInstance));

        assertThat(balancers.serve(spec("chat", first, "hold_timeout = \"20s\"")))
                .isEmpty();
        route(routes("chat", false));

        assertThat(waiting).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aPortThatIsTakenLeavesEverythingAsItWas() throws Exception {
        balancers.serve(spec("chat", first, ""));
        route(routes("chat", false));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Spec changed = spec(Map.of("chat", "    port = " + taken.getLocalPort(), "more", "    port = " + second));

            assertThat(balancers.serve(changed))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.detail()).contains("Cannot listen on"));
        }
        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        await(() -> "the other one is closed again", () -> refuses(second));
    }

    @Test
    void twoServicesMayChangeTheirPorts() throws Exception {
        balancers.serve(spec(Map.of("chat", "    port = " + first, "more", "    port = " + second)));
        route(routes("chat", false));

        assertThat(balancers.serve(spec(Map.of("chat", "    port = " + second, "more", "    port = " + first))))
                .isEmpty();

        assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void aServiceThatGoesDoesNotHoldUpTheOthers() throws Exception {
        balancers.serve(spec(Map.of("chat", "    port = " + first, "more", "    port = " + second)));
        route(routes("chat", false));
        route(routes("more", false));
        CompletableFuture<String> running = ask(second, "/slow");
        slowHasBegun.await();

        assertThat(balancers.serve(spec("chat", first, ""))).isEmpty();

        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void anAddressThatASuccessorCannotOpenYetIsOpenedOnceItIsFree() throws Exception {
        try (var before = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(before.isBound()).isTrue();
            assertThat(balancers.serveWhatOpens(spec("chat", first, ""))).hasSize(1);
        }
        route(routes("chat", false));

        await(() -> "it is open", () -> told.contains("Endpoint of service.chat: http://127.0.0.1:" + first));

        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    @Timeout(60)
    void aStreamRunsThroughAChangeOfPolicyAndOfPort() throws Exception {
        balancers.serve(spec("chat", first, "policy = \"least_load\""));
        route(routes("chat", false));
        events.add("one");
        try (BufferedReader stream = openStream(first)) {
            assertThat(stream.readLine()).isEqualTo("one");

            assertThat(balancers.serve(spec("chat", first, "policy = \"session\"")))
                    .isEmpty();
            events.add("two");
            assertThat(stream.readLine()).isEqualTo("two");

            assertThat(balancers.serve(spec("chat", second, ""))).isEmpty();
            assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
            events.add("three");
            assertThat(stream.readLine()).isEqualTo("three");

            events.add("");
            assertThat(stream.readLine()).as("the end of the stream").isNull();
        }
    }

    @Test
    void aLimitThatChangesHoldsForTheNextRequest() throws Exception {
        balancers.serve(spec("chat", first, "max_concurrent_requests = 1"));
        route(routes("chat", false));
        CompletableFuture<String> running = ask(first, "/slow");
        slowHasBegun.await();
        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).asString().contains("overloaded");

        assertThat(balancers.serve(spec("chat", first, "max_concurrent_requests = 2")))
                .isEmpty();

        assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
        slowMayEnd.countDown();
        assertThat(running).succeedsWithin(PATIENCE).isEqualTo("here");
    }

    @Test
    void anAddressOfTheSamePortThatCannotBeOpenedLeavesTheOldDoorOpen() throws Exception {
        balancers.serve(spec(Map.of("chat", "    port = " + first, "more", "    port = " + second)));
        route(routes("chat", false));
        route(routes("more", false));
        int third = TestPorts.free();
        try (var other = new ServerSocket(first, 1, InetAddress.getByName("127.0.0.2"))) {
            assertThat(other.isBound()).isTrue();

            assertThat(balancers.serve(spec(Map.of(
                            "chat", "    host = \"0.0.0.0\"\n    port = " + first, "more", "    port = " + third))))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.detail()).contains("Cannot listen on 0.0.0.0:" + first));

            assertThat(ask(first, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
            assertThat(ask(second, "/")).succeedsWithin(PATIENCE).isEqualTo("here");
            assertThat(balancers.missing()).isEmpty();
        }
    }
}
