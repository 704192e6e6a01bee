package dev.skyhedge.providers.simulated;

import java.time.Duration;

/// How a cloud behaves. [#calm()] is one that is quick, consistent and generous; the `with…` methods make it
/// worse.
///
/// @param bootDelay from a spot launch to its machine running
/// @param onDemandBootDelay from an on-demand launch to its machine running
/// @param notice from a preemption notice to the end; zero means that there is no notice
/// @param visibilityDelay how long a launched instance stays invisible to `observe`
/// @param endedRetention how long `observe` still lists an ended instance
/// @param stopDelay how long an instance is shown as stopping before it has ended
/// @param victims who goes first when capacity falls
/// @param maxInstances the account's quota of live instances
/// @param billedAtLeast for how long each instance is billed, however soon it ends
/// @param callsPerSecond calls over this rate are throttled; bursts of one second's worth are let through
public record CloudRules(
        Duration bootDelay,
        Duration onDemandBootDelay,
        Duration notice,
        Duration visibilityDelay,
        Duration endedRetention,
        Duration stopDelay,
        Victims victims,
        Duration billedAtLeast,
        int maxInstances,
        double callsPerSecond) {
    /// Which spot instances go first when a zone's capacity falls below what is held there.
    public enum Victims {
        /// The youngest.
        NEWEST,
        /// Any, by the cloud's generator.
        RANDOM
    }

    public CloudRules {
        if (bootDelay.isNegative()
                || onDemandBootDelay.isNegative()
                || notice.isNegative()
                || visibilityDelay.isNegative()
                || endedRetention.isNegative()
                || stopDelay.isNegative()
                || billedAtLeast.isNegative()) {
            throw new IllegalArgumentException("A delay is not negative");
        }
        if (maxInstances < 1 || !(callsPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "Limits are above zero: " + maxInstances + " instances, " + callsPerSecond + " calls/s");
        }
    }

    /// Boots at once, sees at once, gives no notice, never throttles, and bills a minute at least, as clouds do.
    public static CloudRules calm() {
        return new CloudRules(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ZERO,
                Victims.NEWEST,
                Duration.ofMinutes(1),
                1_000_000,
                Double.POSITIVE_INFINITY);
    }

    /// Boots after these times.
    public CloudRules withBoot(Duration spot, Duration onDemand) {
        var copy = new Copy(this);
        copy.bootDelay = spot;
        copy.onDemandBootDelay = onDemand;
        return copy.rules();
    }

    /// Gives notice of a preemption.
    public CloudRules withNotice(Duration time) {
        var copy = new Copy(this);
        copy.notice = time;
        return copy.rules();
    }

    /// Bills each instance for so long at least.
    public CloudRules withBilledAtLeast(Duration time) {
        var copy = new Copy(this);
        copy.billedAtLeast = time;
        return copy.rules();
    }

    /// Is only eventually consistent.
    public CloudRules withVisibilityDelay(Duration time) {
        var copy = new Copy(this);
        copy.visibilityDelay = time;
        return copy.rules();
    }

    /// Remembers ended instances this long.
    public CloudRules withEndedRetention(Duration time) {
        var copy = new Copy(this);
        copy.endedRetention = time;
        return copy.rules();
    }

    /// Takes back these.
    public CloudRules withVictims(Victims which) {
        var copy = new Copy(this);
        copy.victims = which;
        return copy.rules();
    }

    /// Allows this much.
    public CloudRules withLimits(int instances, double calls) {
        var copy = new Copy(this);
        copy.maxInstances = instances;
        copy.callsPerSecond = calls;
        return copy.rules();
    }

    /// Shows instances as stopping for a while before it says how they ended, as real clouds do.
    public CloudRules withStopDelay(Duration time) {
        var copy = new Copy(this);
        copy.stopDelay = time;
        return copy.rules();
    }

    /// Rules in the making: everything is as it was but what is assigned.
    private static final class Copy {
        private Duration bootDelay;
        private Duration onDemandBootDelay;
        private Duration notice;
        private Duration visibilityDelay;
        private Duration endedRetention;
        private Duration stopDelay;
        private Victims victims;
        private Duration billedAtLeast;
        private int maxInstances;
        private double callsPerSecond;

        Copy(CloudRules original) {
            this.bootDelay = original.bootDelay;
            this.onDemandBootDelay = original.onDemandBootDelay;
            this.notice = original.notice;
            this.visibilityDelay = original.visibilityDelay;
            this.endedRetention = original.endedRetention;
            this.stopDelay = original.stopDelay;
            this.victims = original.victims;
            this.billedAtLeast = original.billedAtLeast;
            this.maxInstances = original.maxInstances;
            this.callsPerSecond = original.callsPerSecond;
        }

        CloudRules rules() {
            return new CloudRules(
                    bootDelay,
                    onDemandBootDelay,
                    notice,
                    visibilityDelay,
                    endedRetention,
                    stopDelay,
                    victims,
                    billedAtLeast,
                    maxInstances,
                    callsPerSecond);
        }
    }
}
