package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final long SEED = 7;
    private static final int EACH = 20;

    /// They look for ports at the same places, one after another.
    private final Ports one = new Ports(new Random(SEED));
    private final Ports other = new Ports(new Random(SEED));

    private final Set<Integer> handedOut = new HashSet<>();

    @AfterEach
    void giveBack() {
        handedOut.forEach(one::giveBack);
        handedOut.forEach(other::giveBack);
    }

    @Test
    void areNotHandedOutByTwoCloudsThoughNobodyListensThereYet() {
        for (int i = 0; i < EACH; i++) {
            assertThat(handedOut.add(one.take().orElseThrow())).isTrue();
            assertThat(handedOut.add(other.take().orElseThrow())).isTrue();
        }
    }

    @Test
    void areHandedOutAgainOnceTheyWereGivenBack() {
        int port = one.take().orElseThrow();
        one.giveBack(port);

        int again = new Ports(new Random(SEED)).take().orElseThrow();

        assertThat(again).isEqualTo(port);
    }

    @Test
    void thatAnInstanceHasAlreadyAreNotHandedOutByAnotherCloud() {
        int port = one.take().orElseThrow();
        one.giveBack(port);
        handedOut.add(port);
        one.keep(port);

        int elsewhere = other.take().orElseThrow();

        assertThat(handedOut.add(elsewhere)).isTrue();
    }
}
