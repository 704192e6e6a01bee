package dev.skyhedge.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Pulse pulse = new Pulse(nanos::get);

    @Test
    void aLoopThatStepsIsNotMissed() {
        nanos.addAndGet(Pulse.LIMIT.toNanos());

        assertThat(pulse.missing()).isEmpty();
    }

    @Test
    void aLoopThatHangsIsToldWithTheTimeSinceItsLastStep() {
        pulse.beat();
        nanos.addAndGet(Pulse.LIMIT.plusSeconds(5).toNanos());

        assertThat(pulse.missing()).contains("the controller has made no step for 35 s");
    }
}
