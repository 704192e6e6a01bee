package dev.skyhedge.balancer.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PromptCachesProperties {
    private static final int TARGETS = 5;
    private static final int ENTRIES = 64;

    private static Prompt prompt(int number) {
        byte[] text = new byte[1024];
        text[0] = (byte) number;
        return Prompt.of(text, text.length, text.length, number >> 8).orElseThrow();
    }

    /// However tables come and go, each has a slot of its own while there are some, and who was away has seen nothing.
    @Property
    void slotsAreOnesOwnAndWhoLeavesIsForgotten(
            @ForAll @Size(max = 30) List<@Size(max = 8) Set<@IntRange(max = 12) Integer>> tables) {
        var caches = new PromptCaches<Integer>(TARGETS, ENTRIES);
        Prompt prompt = prompt(1);
        Set<Integer> before = Set.of();
        for (Set<Integer> table : tables) {
            caches.route(table);
            List<Integer> slots = table.stream()
                    .map(caches::slot)
                    .filter(slot -> slot != PromptCaches.NONE)
                    .toList();

            assertThat(slots).doesNotHaveDuplicates().hasSize(Math.min(TARGETS, table.size()));
            for (int target : table) {
                if (!before.contains(target) && caches.slot(target) != PromptCaches.NONE) {
                    assertThat(caches.look(prompt, 0).of(caches.slot(target))).isZero();
                }
            }
            table.forEach(target -> caches.given(prompt, target, 0));
            before = table;
        }
    }

    /// However many prompts are given, no more blocks are known than there is room for; the newest is.
    @Property(tries = 50)
    void whatIsKnownIsBounded(@ForAll @IntRange(min = 1, max = 2000) int prompts) {
        var caches = new PromptCaches<String>(1, ENTRIES);
        caches.route(List.of("r"));
        for (int number = 0; number < prompts; number++) {
            caches.given(prompt(number), "r", number);
        }

        long known = 0;
        for (int number = 0; number < prompts; number++) {
            known += caches.look(prompt(number), prompts).of(0);
        }
        assertThat(known).isBetween(1L, (long) ENTRIES);
        assertThat(caches.look(prompt(prompts - 1), prompts).of(0)).isEqualTo(4);
    }

    @Example
    void aTargetWithoutASlotLeavesNoTrace() {
        var caches = new PromptCaches<String>(1, ENTRIES);
        caches.route(List.of("first", "second"));
        caches.given(prompt(1), "second", 0);

        assertThat(caches.slot("second")).isEqualTo(PromptCaches.NONE);
        assertThat(caches.look(prompt(1), 0).of(caches.slot("first"))).isZero();
        assertThat(caches.look(prompt(1), 0).of(PromptCaches.NONE)).isZero();
    }
}
