package dev.skyhedge.balancer;

import java.util.Set;

/// What HTTP says of methods (RFC 9110, section 9.2). Pure.
final class Methods {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    private static final Set<String> REFUSED = Set.of("CONNECT", "TRACE");

    private Methods() {}

    static boolean isIdempotent(String method) {
        return IDEMPOTENT.contains(method);
    }

    /// Methods that are about the balancer itself and never pass.
    static boolean isRefused(String method) {
        return REFUSED.contains(method);
    }
}
