package dev.skyhedge.engine.simulate;

import java.time.Duration;

/// The protocol by which SkyServe's paper compares policies: time in ticks, the target constant, launches and
/// losses in the tick, prices relative to spot.
///
/// Source: Mao et al., "SkyServe: Serving AI Models across Regions and Clouds with Spot Instances", EuroSys'25,
/// section 5.3, as their simulation computes it.
///
/// @param target replicas wanted
/// @param tick length of a tick
/// @param ticks length of a window
/// @param coldStartTicks a replica is ready once it was held at this many ticks and one more
/// @param spotPrice of one replica for one tick
/// @param onDemandPrice of one replica for one tick
public record PaperProtocol(
        int target, Duration tick, int ticks, int coldStartTicks, double spotPrice, double onDemandPrice) {
    /// Three replicas for a day, cold start 120 s, on-demand three times as dear as spot.
    public static final PaperProtocol DEFAULT = new PaperProtocol(3, Duration.ofSeconds(30), 2880, 4, 1, 3);

    public PaperProtocol {
        if (target < 1 || !tick.isPositive() || coldStartTicks < 0 || ticks <= coldStartTicks) {
            throw new IllegalArgumentException("At least one replica for longer than its cold start");
        }
        if (!(spotPrice > 0) || !(onDemandPrice > 0)) {
            throw new IllegalArgumentException("Prices are above 0");
        }
    }

    public PaperProtocol withTarget(int replicas) {
        return new PaperProtocol(replicas, tick, ticks, coldStartTicks, spotPrice, onDemandPrice);
    }

    public PaperProtocol withColdStart(int inTicks) {
        return new PaperProtocol(target, tick, ticks, inTicks, spotPrice, onDemandPrice);
    }

    public PaperProtocol withTicks(int number) {
        return new PaperProtocol(target, tick, number, coldStartTicks, spotPrice, onDemandPrice);
    }

    public PaperProtocol withPrices(double spot, double onDemand) {
        return new PaperProtocol(target, tick, ticks, coldStartTicks, spot, onDemand);
    }

    /// How many ticks are judged: those in which anything can be ready.
    public int judgedTicks() {
        return ticks - coldStartTicks;
    }

    /// What the target costs on-demand throughout the judged ticks.
    public double onDemandCost() {
        return (double) judgedTicks() * target * onDemandPrice;
    }
}
