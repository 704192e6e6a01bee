package dev.skyhedge.specs;

import java.util.Optional;

/// How requests and probes get into a replica, and who else does not.
///
/// @param keyEnv the variable in which the workload finds the key that it is to ask for; empty if it is not told
/// @param key where the user's own key is read; empty for one that is made for each launch
/// @param header the request header that carries the key: as `Bearer KEY` in `Authorization`, as it is in another
/// @param tls whether TLS and a check of the key stand in front of the workload
/// @param plaintextAccepted whether a replica may be at a public address without protection. No part of a version:
///     nothing that runs depends on it
public record AccessSpec(
        Optional<String> keyEnv,
        Optional<EnvValue.SecretReference> key,
        String header,
        boolean tls,
        boolean plaintextAccepted) {
    public static final String DEFAULT_HEADER = "Authorization";

    /// Whoever reaches it may ask it.
    public static final AccessSpec OPEN =
            new AccessSpec(Optional.empty(), Optional.empty(), DEFAULT_HEADER, false, false);

    /// Whether requests and probes carry a key.
    public boolean hasKey() {
        return tls || keyEnv.isPresent() || key.isPresent();
    }

    /// Whether something is made for each launch: a key, or a certificate.
    public boolean isMade() {
        return tls || (hasKey() && key.isEmpty());
    }
}
