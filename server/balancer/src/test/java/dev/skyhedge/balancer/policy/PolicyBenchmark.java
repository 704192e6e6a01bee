package dev.skyhedge.balancer.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/// What a choice costs, of 100 targets and for a prompt of 4 KB. Not part of the tests: `bench/balancer.sh` runs it.
public final class PolicyBenchmark {
    private static final int TARGETS = 100;
    private static final int PROMPT_BYTES = 4 * 1024;
    private static final int ROUNDS = 7;
    private static final int PICKS = 200_000;
    private static final int SESSIONS = 1_024;

    private PolicyBenchmark() {}

    public static void main(String[] args) {
        Fleet fleet = Fleet.idle(TARGETS);
        var random = new Random(1);
        for (int i = 0; i < TARGETS; i++) {
            fleet.loads()[i] = random.nextInt(20);
        }
        System.out.printf(
                Locale.ROOT, "%nnanoseconds per choice of %d targets (median of %d rounds)%n", TARGETS, ROUNDS);
        for (Policy policy : Policy.values()) {
            if (policy.readsPrompts()) {
                continue;
            }
            var chooser = new Chooser(policy, fleet.weights());
            tell(policy.name().toLowerCase(Locale.ROOT), pick -> chooser.choose(fleet, 1 + Mix.of(pick % SESSIONS)));
        }
        tell("prefix_affinity, with hashing 4 KB", prefixes(new PromptedFleet(fleet)));
    }

    private static IntUnaryOperator prefixes(PromptedFleet targets) {
        var index = new PrefixIndex(TARGETS, 65_536);
        PrefixIndex.Hits hits = index.new Hits();
        var prompts = new byte[64][PROMPT_BYTES];
        var random = new Random(2);
        for (byte[] prompt : prompts) {
            random.nextBytes(prompt);
        }
        var blocks = new long[PromptBlocks.MAX_BLOCKS];
        return pick -> {
            byte[] prompt = prompts[pick % prompts.length];
            int count = PromptBlocks.hash(prompt, prompt.length, 7, blocks);
            hits.look(blocks, count, pick);
            int chosen = PrefixAffinity.choose(targets, hits, count, PROMPT_BYTES / 4.0, Mix.of(pick));
            index.put(blocks, count, chosen, pick);
            return chosen;
        };
    }

    private static void tell(String name, IntUnaryOperator choice) {
        var rounds = new double[ROUNDS];
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            for (int pick = 0; pick < PICKS; pick++) {
                sum += choice.applyAsInt(pick);
            }
            rounds[round] = (System.nanoTime() - begun) / (double) PICKS;
        }
        Arrays.sort(rounds);
        System.out.printf(Locale.ROOT, "  %-36s %8.0f%s%n", name, rounds[ROUNDS / 2], sum == 0 ? " nobody chosen" : "");
    }
}
