package dev.skyhedge.balancer;

import static dev.skyhedge.balancer.TestBed.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final Duration SOON = Duration.ofMillis(50);

    @Test
    void tellsOfAPortThatTakesConnectionsAndAnswersNothing() throws Exception {
        var watchdog = new Watchdog(SOON, "/secret", _ -> {});
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            watchdog.start((InetSocketAddress) silent.getLocalSocketAddress());

            until("it is found silent", () -> watchdog.silentFor().isPresent());
        } finally {
            watchdog.stop();
        }
    }

    @Test
    void takesItBackWhenThePortAnswersAgain() throws Exception {
        var watchdog = new Watchdog(SOON, "/secret", _ -> {});
        try (var port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            watchdog.start((InetSocketAddress) port.getLocalSocketAddress());
            until("it is found silent", () -> watchdog.silentFor().isPresent());

            Thread.ofVirtual().start(() -> answer(port));

            until("it answers", () -> watchdog.silentFor().isEmpty());
        } finally {
            watchdog.stop();
        }
    }

    /// Whoever had a port after it would be taken for it.
    @Test
    void expectsNoQuestionBetweenQuestions() throws Exception {
        List<Integer> announced = new CopyOnWriteArrayList<>();
        var watchdog = new Watchdog(SOON, "/secret", announced::add);
        try (var port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(port));
            watchdog.start((InetSocketAddress) port.getLocalSocketAddress());

            until("it asked twice", () -> announced.size() >= 4);
        } finally {
            watchdog.stop();
        }
        assertThat(announced.get(0)).isPositive();
        assertThat(announced.get(1)).isZero();
        assertThat(announced.get(2)).isPositive();
        assertThat(announced.get(3)).isZero();
    }

    private static void answer(ServerSocket port) {
        while (!port.isClosed()) {
            try (Socket asking = port.accept()) {
                asking.getOutputStream().write('H');
                asking.getInputStream().readAllBytes();
            } catch (IOException closed) {
                // The other side has had its answer, or the test is over.
            }
        }
    }

    @Test
    void isAnsweredByABalancerThatServes() throws Exception {
        BalancerSettings.Clients usual = BalancerSettings.defaults().clients();
        try (var bed = new TestBed(BalancerSettings.defaults()
                .with(new BalancerSettings.Clients(0, 0, usual.timeout(), Duration.ofMillis(500))))) {
            assertThat(TestBed.await(bed.get("/")).statusCode()).isEqualTo(503);

            until("it was asked", () -> bed.balancer.selfChecks() > 2);

            assertThat(bed.balancer.isReady()).isTrue();
            assertThat(bed.balancer.statistics().arrivals()).isEqualTo(1);
        }
    }
}
