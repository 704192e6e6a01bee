package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.workload.Request;
import dev.skyhedge.spi.Accelerator;

/// How long a replica works on a request once it has begun.
@FunctionalInterface
public interface ServiceTime {
    /// @param accelerator what the replica runs on
    /// @param exponential drawn for this request with mean 1, so that it takes as long under every policy
    /// @return seconds, not negative
    double seconds(Accelerator accelerator, Request request, double exponential);

    /// Always the same.
    static ServiceTime constant(double seconds) {
        return (_, _, _) -> seconds;
    }

    /// Exponential with this mean.
    static ServiceTime exponential(double meanSeconds) {
        return (_, _, exponential) -> meanSeconds * exponential;
    }

    /// Time to the first token, then a share for every token read and written.
    static ServiceTime ofTokens(double firstTokenSeconds, double perInputToken, double perOutputToken) {
        return (_, request, _) ->
                firstTokenSeconds + request.inputTokens() * perInputToken + request.outputTokens() * perOutputToken;
    }
}
