package dev.skyhedge.engine.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.state.records.WorkloadRecord.ScalingMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MixScalerProperties {
    private static final MixScaler.Delays DELAYS = new MixScaler.Delays(Duration.ofMinutes(1), Duration.ofMinutes(20));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Accelerator> ALL =
            List.of(Accelerator.parse("A100-80GB:1"), Accelerator.parse("H100:1"), Accelerator.parse("L4:1"));

    @Provide
    Arbitrary<SortedMap<Accelerator, Integer>> mixes() {
        return Arbitraries.integers().between(0, 4).list().ofSize(ALL.size()).map(MixScalerProperties::mix);
    }

    private static SortedMap<Accelerator, Integer> mix(List<Integer> numbers) {
        SortedMap<Accelerator, Integer> mix = new TreeMap<>();
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) > 0) {
                mix.put(ALL.get(i), numbers.get(i));
            }
        }
        return mix;
    }

    private static MixScaler.Decision decide(
            SortedMap<Accelerator, Integer> present,
            SortedMap<Accelerator, Integer> needed,
            boolean suffices,
            ScalingMemory memory,
            Instant now) {
        return MixScaler.decide(DELAYS, new MixScaler.Input(present, needed, suffices, memory, now));
    }

    private static boolean contains(SortedMap<Accelerator, Integer> mix, SortedMap<Accelerator, Integer> other) {
        return other.entrySet().stream().allMatch(entry -> mix.getOrDefault(entry.getKey(), 0) >= entry.getValue());
    }

    @Property
    void whatServesTheLoadIsNeverExchangedInOneStep(
            @ForAll("mixes") SortedMap<Accelerator, Integer> present,
            @ForAll("mixes") SortedMap<Accelerator, Integer> needed,
            @ForAll boolean suffices,
            @ForAll @IntRange(max = 7200) int seconds) {
        ScalingMemory memory =
                decide(present, needed, suffices, ScalingMemory.NONE, START).memory();

        SortedMap<Accelerator, Integer> wanted = decide(present, needed, suffices, memory, START.plusSeconds(seconds))
                .wanted();

        assertThat(contains(wanted, present) || contains(wanted, needed)).isTrue();
        for (Accelerator accelerator : ALL) {
            int before = present.getOrDefault(accelerator, 0);
            int after = wanted.getOrDefault(accelerator, 0);
            assertThat(after).isGreaterThanOrEqualTo(before - 1);
            assertThat(after).isLessThanOrEqualTo(Math.max(before, needed.getOrDefault(accelerator, 0)));
        }
    }

    @Property
    void whatIsTooLittleHasAllThatIsNeededAfterTheDelay(
            @ForAll("mixes") SortedMap<Accelerator, Integer> present,
            @ForAll("mixes") SortedMap<Accelerator, Integer> needed) {
        MixScaler.Decision first = decide(present, needed, false, ScalingMemory.NONE, START);
        MixScaler.Decision second = decide(first.wanted(), needed, false, first.memory(), START.plus(DELAYS.up()));

        assertThat(contains(second.wanted(), needed)).isTrue();
    }

    @Property
    void aSteadyNeedIsReachedAndThenKept(
            @ForAll("mixes") SortedMap<Accelerator, Integer> present,
            @ForAll("mixes") SortedMap<Accelerator, Integer> needed,
            @ForAll boolean suffices) {
        SortedMap<Accelerator, Integer> mix = present;
        ScalingMemory memory = ScalingMemory.NONE;
        Instant now = START;
        for (int step = 0; step < 12; step++) {
            MixScaler.Decision decision = decide(mix, needed, suffices, memory, now);
            mix = decision.wanted();
            memory = decision.memory();
            now = now.plus(DELAYS.down());
        }

        assertThat(mix).isEqualTo(needed);
        assertThat(decide(mix, needed, true, memory, now))
                .isEqualTo(new MixScaler.Decision(needed, ScalingMemory.NONE, Optional.empty()));
    }

    @Property
    void nothingChangesBeforeTheDelay(
            @ForAll("mixes") SortedMap<Accelerator, Integer> present,
            @ForAll("mixes") SortedMap<Accelerator, Integer> needed,
            @ForAll boolean suffices) {
        if (present.isEmpty()) {
            return;
        }
        MixScaler.Decision first = decide(present, needed, suffices, ScalingMemory.NONE, START);
        Instant early = START.plus(DELAYS.up()).minusMillis(1);

        assertThat(first.wanted()).isEqualTo(present);
        assertThat(decide(present, needed, suffices, first.memory(), early).wanted())
                .isEqualTo(present);
    }

    @Property
    void asksToBeAskedAgainExactlyWhenItWouldDecideOtherwise(
            @ForAll("mixes") SortedMap<Accelerator, Integer> present,
            @ForAll("mixes") SortedMap<Accelerator, Integer> needed,
            @ForAll boolean suffices) {
        MixScaler.Decision first = decide(present, needed, suffices, ScalingMemory.NONE, START);

        first.wakeAt().ifPresent(at -> {
            assertThat(decide(present, needed, suffices, first.memory(), at.minusMillis(1))
                            .wanted())
                    .isEqualTo(present);
            assertThat(decide(present, needed, suffices, first.memory(), at).wanted())
                    .isNotEqualTo(present);
        });
        assertThat(first.wakeAt().isEmpty()).isEqualTo(present.isEmpty() || present.equals(needed));
    }

    @Example
    void aServiceThatSleepsIsWokenAtOnce() {
        assertThat(decide(mix(List.of()), mix(List.of(1, 0, 2)), false, ScalingMemory.NONE, START)
                        .wanted())
                .isEqualTo(mix(List.of(1, 0, 2)));
    }

    @Example
    void aShortSpellOfLessPausesTheDelayOfMore() {
        SortedMap<Accelerator, Integer> present = mix(List.of(0, 0, 2));
        SortedMap<Accelerator, Integer> more = mix(List.of(1, 0, 1));
        MixScaler.Decision first = decide(present, more, false, ScalingMemory.NONE, START);
        MixScaler.Decision spell = decide(present, present, true, first.memory(), START.plusSeconds(30));
        MixScaler.Decision again = decide(present, more, false, spell.memory(), START.plusSeconds(40));

        assertThat(again.wanted()).isEqualTo(present);
        assertThat(again.wakeAt()).contains(START.plusSeconds(70));
        assertThat(decide(present, more, false, again.memory(), START.plusSeconds(70))
                        .wanted())
                .isEqualTo(mix(List.of(1, 0, 2)));
    }
}
