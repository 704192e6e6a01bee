package dev.skyhedge.engine.simulate.event;

import java.time.Duration;

/// How long everything takes that is neither the market's nor the reconciler's.
///
/// @param call an answer of the provider
/// @param refusal the answer to a launch for which there is no room
/// @param spotBoot from a spot launch to the machine running
/// @param onDemandBoot from an on-demand launch to the machine running
/// @param start from the machine running to the replica's first good probe
/// @param event from something happening in the cloud to the controller hearing of it
/// @param notice from a preemption notice to the end of the instance; zero for no notice
/// @param noticesHeard share of notices that reach the controller at all, from 0 to 1
public record Lags(
        Lag call,
        Lag refusal,
        Lag spotBoot,
        Lag onDemandBoot,
        Lag start,
        Lag event,
        Duration notice,
        double noticesHeard) {
    public Lags {
        if (!(noticesHeard >= 0 && noticesHeard <= 1) || notice.isNegative()) {
            throw new IllegalArgumentException("Notices: " + notice + ", " + noticesHeard + " of them heard");
        }
    }

    /// A cold start of about two minutes in all, as measured for SkyServe's evaluation (EuroSys'25), an answer
    /// and an event within seconds, and no notice: no recorded market has any.
    public static final Lags DEFAULT = new Lags(
            new Lag.Uniform(Duration.ofMillis(500), Duration.ofSeconds(3)),
            new Lag.Uniform(Duration.ofSeconds(2), Duration.ofSeconds(10)),
            new Lag.Uniform(Duration.ofSeconds(40), Duration.ofSeconds(80)),
            new Lag.Uniform(Duration.ofSeconds(40), Duration.ofSeconds(80)),
            new Lag.Uniform(Duration.ofSeconds(40), Duration.ofSeconds(80)),
            new Lag.Tailed(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(30)),
            Duration.ZERO,
            1);

    /// The same with another time until a refusal is known.
    Lags withRefusal(Lag lag) {
        return new Lags(call, lag, spotBoot, onDemandBoot, start, event, notice, noticesHeard);
    }

    /// The same with notices.
    public Lags withNotice(Duration time, double heard) {
        return new Lags(call, refusal, spotBoot, onDemandBoot, start, event, time, heard);
    }

    /// Everything takes exactly this long, and a cold start this long in all.
    public static Lags constant(Duration call, Duration coldStart) {
        var half = new Lag.Constant(coldStart.dividedBy(2));
        return new Lags(
                new Lag.Constant(call),
                new Lag.Constant(call),
                half,
                half,
                half,
                new Lag.Constant(Duration.ZERO),
                Duration.ZERO,
                1);
    }
}
