package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.forecast.Experience.Pool;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Status;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperienceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pool POOL = new Pool(new Location("sim", "east", "east-a"), Accelerator.parse("L4:1"));

    private static ZoneHealth calm(Duration held, Duration before) {
        Instant since = NOW.minus(held);
        return new ZoneHealth(
                POOL.location(),
                POOL.accelerator(),
                Market.SPOT,
                Status.ACTIVE,
                0,
                since,
                since,
                "a launch was accepted",
                new TrackRecord(
                        Optional.of(since),
                        before,
                        Optional.of(since),
                        Optional.of(since),
                        false,
                        5,
                        0,
                        ZoneHealth.Memory.NONE));
    }

    @Test
    void zoneHealthTellsForHowLongAZoneWasCalmWhereTheHistoryDoesNotReachBack() {
        var experience = Experience.of(List.of(), List.of(calm(Duration.ofHours(5), Duration.ofHours(2))), NOW);

        assertThat(experience.of(POOL).room().spells()).containsExactly(new Watched(Duration.ofHours(7), false));
    }

    @Test
    void ofTwoSourcesOfOnePastTheOneThatSawMoreCounts() {
        var little = new SeenSpells(List.of(new Watched(Duration.ofHours(1), true)));
        var much =
                new SeenSpells(List.of(new Watched(Duration.ofHours(1), true), new Watched(Duration.ofHours(3), true)));

        assertThat(little.or(much)).isEqualTo(much);
        assertThat(much.or(little)).isEqualTo(much);
    }
}
