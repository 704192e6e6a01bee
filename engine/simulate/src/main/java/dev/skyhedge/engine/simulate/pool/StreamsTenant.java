package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Claim;
import dev.skyhedge.engine.pool.Claim.Nature;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;

/// Streams that are served and retrained in windows. What they are served with is their floor; what
/// is beyond that is for trainings, in the background. Once the trainings of a window have ended
/// what was for them is kept until shortly before the next one: others may have it meanwhile. A
/// window reaches what its scheduler reaches with the least that was there while it trained.
public final class StreamsTenant implements Tenant {
    private final String name;
    private final Shares shares;
    private final double windowSeconds;
    private final Retraining retraining;
    private final HourlyPrice worth;
    private final Duration grace;
    private int window;
    private int least = Integer.MAX_VALUE;
    private double sum;

    /// How much is wanted of a pool.
    ///
    /// @param serving always
    /// @param training beyond that, while there is training: machines are rented for it
    /// @param idle beyond that, where others leave it
    public record Shares(int serving, int training, int idle) {}

    /// What comes of a window.
    ///
    /// @param accuracy that is served, in the mean, from 0 to 1
    /// @param training seconds from its beginning until the last training has ended
    public record Reached(double accuracy, double training) {}

    /// What windows reach.
    @FunctionalInterface
    public interface Retraining {
        /// @param window from 0
        /// @param shares of all machines, at least 0
        Reached of(int window, int shares);
    }

    public StreamsTenant(
            String name,
            Shares shares,
            double windowSeconds,
            Retraining retraining,
            HourlyPrice worth,
            Duration grace) {
        this.name = name;
        this.shares = shares;
        this.windowSeconds = windowSeconds;
        this.retraining = retraining;
        this.worth = worth;
        this.grace = grace;
    }

    /// The mean of all windows that are over, from 0 to 1.
    public double accuracy() {
        return window > 0 ? sum / window : 0;
    }

    @Override
    public List<Claim> claims(double now, Holdings holdings) {
        boolean trains = trains(now);
        int training = trains ? shares.training() : 0;
        return List.of(
                claim(name, Nature.SERVICE, shares.serving(), 0, worth, holdings),
                claim(training(), Nature.BACKGROUND, training, shares.training() - training, worth, holdings),
                claim(idle(), Nature.BACKGROUND, trains ? shares.idle() : 0, 0, HourlyPrice.ZERO, holdings));
    }

    private Claim claim(String claim, Nature nature, int wanted, int kept, HourlyPrice worthIt, Holdings holdings) {
        int floor = nature == Nature.SERVICE ? wanted : 0;
        return new Claim(claim, nature, 1, floor, wanted, kept, worthIt, grace, holdings.held(claim));
    }

    private String training() {
        return name + "/training";
    }

    private String idle() {
        return name + "/idle";
    }

    /// Whether there is training in this window, or is going to be in the next one before others
    /// can have given way.
    private boolean trains(double now) {
        double into = now - window * windowSeconds;
        return into < trainingSeconds() || into >= windowSeconds - grace.toSeconds();
    }

    /// The whole window until it is known what there is.
    private double trainingSeconds() {
        return least == Integer.MAX_VALUE
                ? windowSeconds
                : retraining.of(window, least).training();
    }

    @Override
    public void work(double now, double seconds, Holdings holdings) {
        int usable =
                holdings.usable(name, now, 0) + holdings.usable(training(), now, 0) + holdings.usable(idle(), now, 0);
        double into = now - window * windowSeconds;
        if (into < trainingSeconds() || usable < shares.serving()) {
            least = Math.min(least, usable);
        }
        if (into + seconds >= windowSeconds) {
            sum += retraining.of(window, least).accuracy();
            window++;
            least = Integer.MAX_VALUE;
        }
    }
}
