package dev.skyhedge.engine.simulate;

/// A zone that has capacity or has none, from one sample to the next: a Markov chain driven by a normal
/// variable. Up, it stays up if the variable is above one threshold; down, it comes up if it is above another;
/// and a shock takes it down whatever the variable.
///
/// @param upShare share of time with capacity
/// @param shock probability of a shock at each sample
/// @param stayUp threshold to stay up
/// @param comeUp threshold to come up
record ZoneChain(double upShare, double shock, double stayUp, double comeUp) {
    private static final int BISECTIONS = 50;

    /// The chain with these mean spells, shocks included.
    ///
    /// @param up mean spell with capacity, in samples, above 1
    /// @param down mean spell without, in samples, above 1
    static ZoneChain of(double up, double down, double shock) {
        double survives = 1 - shock;
        return new ZoneChain(
                up / (up + down),
                shock,
                -NormalDistribution.quantile(Math.min(1, (1 - 1 / up) / survives)),
                -NormalDistribution.quantile(Math.min(1, 1 / down / survives)));
    }

    /// The correlation of the normal variables of two such zones at which their states have the wanted one.
    ///
    /// @param wanted correlation of having capacity, from 0
    /// @param sharesShocks whether they have their shocks together
    double drivingCorrelation(double wanted, boolean sharesShocks) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (correlation(middle, sharesShocks) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /// The correlation of having capacity of two such zones whose normal variables have that correlation.
    double correlation(double driving, boolean sharesShocks) {
        double survive = sharesShocks ? 1 - shock : (1 - shock) * (1 - shock);
        double bothUp = survive * NormalDistribution.bothAbove(stayUp, stayUp, driving);
        double oneUp = survive * NormalDistribution.bothAbove(stayUp, comeUp, driving);
        double noneUp = survive * NormalDistribution.bothAbove(comeUp, comeUp, driving);
        // Both are up now if they were both up, one, or none before; the share of that is the same now as before.
        double p = upShare;
        double both = (2 * p * oneUp + (1 - 2 * p) * noneUp) / (1 - bothUp + 2 * oneUp - noneUp);
        return (both - p * p) / (p * (1 - p));
    }

    /// The probability that both of two zones that are up fall at the same sample.
    double bothFall(double driving, boolean sharesShocks) {
        double survive = sharesShocks ? 1 - shock : (1 - shock) * (1 - shock);
        double oneStays = (1 - shock) * NormalDistribution.below(-stayUp);
        return 1 - 2 * oneStays + survive * NormalDistribution.bothAbove(stayUp, stayUp, driving);
    }
}
