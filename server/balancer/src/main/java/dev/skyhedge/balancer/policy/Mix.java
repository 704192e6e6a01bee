package dev.skyhedge.balancer.policy;

/// A bijection of 64 bits in which every bit of the input moves half of the output: the finaliser of SplitMix64
/// (Steele, Lea and Flood, 2014). Pure.
final class Mix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mix() {}

    static long of(long bits) {
        long z = bits + GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
