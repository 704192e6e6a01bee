package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskingAgainTest {
    @Test
    void whoDeniesIsAskedSeldomAndWhoIsSilentSoon() {
        assertThat(Clouds.again(new Failure.Denied("no"))).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(Clouds.again(new Failure.OutcomeUnknown("silent"))).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }
}
