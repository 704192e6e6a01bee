package dev.skyhedge.engine.placement;

/// Choices that look random and are a function of their seed, so that policies that choose at random stay pure.
///
/// Source of the function: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA'14;
/// mixing constants by Stafford.
final class Chance {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long FIRST_MULTIPLIER = 0xBF58476D1CE4E5B9L;
    private static final long SECOND_MULTIPLIER = 0x94D049BB133111EBL;

    private Chance() {}

    /// A number from 0 to `bound` - 1, each as likely as any other.
    static int below(int bound, long seed) {
        return Math.floorMod(mixed(mixed(seed) + GOLDEN_GAMMA), bound);
    }

    private static long mixed(long value) {
        long mixed = value + GOLDEN_GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * FIRST_MULTIPLIER;
        mixed = (mixed ^ (mixed >>> 27)) * SECOND_MULTIPLIER;
        return mixed ^ (mixed >>> 31);
    }
}
