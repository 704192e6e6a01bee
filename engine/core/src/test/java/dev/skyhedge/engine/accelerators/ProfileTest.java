package dev.skyhedge.engine.accelerators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Accelerator L4 = Accelerator.parse("L4");
    private static final Bucket SHORT = new Bucket(25, 25);
    private static final Bucket LONG = new Bucket(8000, 25);

    @Test
    void everyMissingRowIsNamed() {
        Accelerator other = Accelerator.parse("H100");
        Profile profile = new Profile(new TreeMap<>(Map.of(L4, new TreeMap<>(Map.of(SHORT, 1.0)))));

        assertThat(profile.missing(List.of(L4, other), List.of(LONG, SHORT)))
                .containsExactly(
                        new Profile.Row(other, SHORT), new Profile.Row(other, LONG), new Profile.Row(L4, LONG));
    }

    @Test
    void aSizeThatCannotBeServedIsARowAndNotMissing() {
        Profile profile = new Profile(new TreeMap<>(Map.of(L4, new TreeMap<>(Map.of(LONG, 0.0)))));

        assertThat(profile.missing(List.of(L4), List.of(LONG))).isEmpty();
        assertThat(profile.maxRate(L4, LONG)).isZero();
    }
}
