package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.simulate.forecast.SeenSpells.Looked;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Spell;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarketPacesTest {
    private static final PoolSpells USUAL = new PoolSpells(1, 1, Optional.empty());

    @Test
    void anUnknownPoolMayBeAnythingACalmOneIsSlowerAndARestlessOneFaster() {
        SeenSpells calm = new SeenSpells(List.of(new Watched(Duration.ofHours(96), false)));
        SeenSpells restless = new SeenSpells(Collections.nCopies(40, new Watched(Duration.ofMinutes(15), true)));

        assertThat(likely(SeenSpells.NONE)).isBetween(0.5, 1.5);
        assertThat(drawn(0.9, SeenSpells.NONE) / drawn(0.1, SeenSpells.NONE)).isGreaterThan(10);
        assertThat(likely(calm)).isLessThan(0.5);
        assertThat(likely(restless)).isCloseTo(1.5, within(0.3));
    }

    @Test
    void aPoolThatFollowsTheLawIsSeenToBeAUsualOne() {
        RandomGenerator random = new SplittableRandom(2);
        List<Spell> spells = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            spells.add(new Watched(USUAL.rest(true, Duration.ZERO, random), true));
        }

        assertThat(likely(new SeenSpells(spells))).isCloseTo(1, within(0.1));
        assertThat(drawn(0.9, new SeenSpells(spells)) / drawn(0.1, new SeenSpells(spells)))
                .isLessThan(1.2);
    }

    @Test
    void aMarketThatIsTwentyTimesAsFastIsFoundToBeSoWithinTwentyLosses() {
        SeenSpells one = new SeenSpells(Collections.nCopies(5, new Watched(Duration.ofSeconds(45), true)));

        var paces = new MarketPaces(List.of(one, one, one, one, SeenSpells.NONE));

        // Exponential ones of 45 s: 0.3 hours are 24 times as long.
        assertThat(drawn(0.5, paces, 0)).isBetween(15.0, 30.0);
        // What was never looked at is expected to be like the others.
        assertThat(drawn(0.5, paces, 4)).isBetween(10.0, 30.0);
    }

    @Test
    void whereAllPoolsAreAlikeOneThatWasNeverSeenIsLikeThem() {
        SeenSpells slow = new SeenSpells(Collections.nCopies(40, new Watched(Duration.ofMinutes(45), true)));
        SeenSpells fast = new SeenSpells(Collections.nCopies(40, new Watched(Duration.ofMinutes(5), true)));

        var alike = new MarketPaces(List.of(fast, fast, fast, fast, SeenSpells.NONE));
        var unlike = new MarketPaces(List.of(fast, slow, fast, slow, SeenSpells.NONE));

        assertThat(drawn(0.9, alike, 4) / drawn(0.1, alike, 4)).isLessThan(3);
        assertThat(drawn(0.9, unlike, 4) / drawn(0.1, unlike, 4)).isGreaterThan(5);
    }

    @Test
    void howOftenAPoolWasLookedAtIsNotHowOftenItChanges() {
        var random = new SplittableRandom(3);
        PoolSpells fast = new PoolSpells(50, 50, Optional.empty());

        double often = likely(looked(fast, Duration.ofSeconds(2), random));
        double seldom = likely(looked(fast, Duration.ofSeconds(60), random));

        assertThat(often).isBetween(35.0, 70.0);
        assertThat(seldom).isBetween(15.0, 100.0);
    }

    @Test
    void calmMarketsAreLearntFromLooksAsFromWatching() {
        var random = new SplittableRandom(4);

        assertThat(likely(looked(USUAL, Duration.ofMinutes(2), random))).isCloseTo(1, within(0.2));
    }

    @Test
    void whatHasLastedLastsNearlyAsLongAgain() {
        var random = new SplittableRandom(1);

        double[] rests = IntStream.range(0, 2_001)
                .mapToDouble(_ -> USUAL.rest(true, Duration.ofHours(10), random).toMinutes() / 60.0)
                .sorted()
                .toArray();

        assertThat(rests[1_000]).isCloseTo(9, within(1.2));
    }

    /// Spells without room that a market of this pace has, looked at so often until room was found.
    private static SeenSpells looked(PoolSpells market, Duration every, RandomGenerator random) {
        List<Spell> spells = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<Duration> looks = new ArrayList<>();
            Duration end = market.rest(false, Duration.ZERO, random);
            boolean shut = true;
            Duration at = Duration.ZERO;
            while (shut) {
                looks.add(at);
                at = at.plus(every);
                while (end.compareTo(at) < 0) {
                    shut = !shut;
                    end = end.plus(market.rest(!shut, Duration.ZERO, random));
                }
            }
            spells.add(new Looked(looks, Optional.of(at)));
        }
        return new SeenSpells(spells);
    }

    /// The median of what is drawn.
    private static double likely(SeenSpells seen) {
        return drawn(0.5, seen);
    }

    /// A quantile of what is drawn for the only pool.
    private static double drawn(double share, SeenSpells seen) {
        return drawn(share, new MarketPaces(List.of(seen)), 0);
    }

    private static double drawn(double share, MarketPaces paces, int pool) {
        var random = new SplittableRandom(7);
        double[] drawn = DoubleStream.generate(() -> paces.drawn(random)[pool])
                .limit(2_000)
                .sorted()
                .toArray();
        return drawn[(int) (share * drawn.length)];
    }
}
