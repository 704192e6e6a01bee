package dev.skyhedge.specs;

import java.util.OptionalInt;

/// A key that clients of an endpoint bring, and what who brings it may take. The key itself is nowhere in a spec.
///
/// @param name what its usage is shown under, unique within the endpoint; no secret
/// @param secret where the key is read
/// @param requestsPerMinute that it may send, on average over a minute; empty for no limit
/// @param tokensPerMinute that its answers may take, prompts included, as far as answers tell; empty for no limit
/// @param maxInFlight requests of it at once, held ones included; empty for no limit
public record ClientKey(
        String name,
        EnvValue.SecretReference secret,
        OptionalInt requestsPerMinute,
        OptionalInt tokensPerMinute,
        OptionalInt maxInFlight) {}
