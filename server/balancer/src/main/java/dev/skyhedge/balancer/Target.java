package dev.skyhedge.balancer;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// One replica as the balancer is told about it.
///
/// @param replica its name, unique within the service
/// @param generation which life of that name; a new generation starts with fresh counters
/// @param host name or address that the balancer connects to
/// @param port TCP port, 1 to 65535
/// @param state whether it may take new requests
/// @param drainBy when a draining replica will be gone; requests still running then are cut: those of whose
///     answer nothing was sent go to another replica, the others end visibly broken
/// @param weight share of the traffic relative to the other replicas, above 0
/// @param credential what every request to it carries
/// @param certificate the one certificate that it may have, of a replica that is reached by TLS
public record Target(
        String replica,
        long generation,
        String host,
        int port,
        State state,
        Optional<Instant> drainBy,
        double weight,
        Optional<Credential> credential,
        Optional<X509Certificate> certificate) {

    /// A header that gets requests into the replica. It replaces what a client sent under that name.
    ///
    /// @param header its name
    /// @param value a secret
    public record Credential(String header, String value) {
        public Credential {
            if (header.isBlank() || value.isBlank()) {
                throw new IllegalArgumentException("a credential has a header and a value; header is '" + header + "'");
            }
        }

        /// Hides the value.
        @Override
        public String toString() {
            return "Credential[header=" + header + "]";
        }
    }

    /// Whether a replica takes new requests.
    public enum State {
        READY,
        /// No new requests; those that run may end.
        DRAINING
    }

    public Target {
        Objects.requireNonNull(state);
        Objects.requireNonNull(drainBy);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(certificate);
        if (replica.isBlank() || host.isBlank()) {
            throw new IllegalArgumentException("replica and host must not be blank: '" + replica + "', '" + host + "'");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port of " + replica + " must be 1 to 65535, is " + port);
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight of " + replica + " must be above 0 and finite, is " + weight);
        }
    }

    /// A ready target of weight 1 that asks for nothing.
    public static Target ready(String replica, long generation, String host, int port) {
        return new Target(
                replica,
                generation,
                host,
                port,
                State.READY,
                Optional.empty(),
                1.0,
                Optional.empty(),
                Optional.empty());
    }

    /// The same target, taking no new requests.
    public Target draining(Optional<Instant> by) {
        return new Target(replica, generation, host, port, State.DRAINING, by, weight, credential, certificate);
    }

    /// The same target, which asks for this.
    public Target with(Credential asked) {
        return new Target(replica, generation, host, port, state, drainBy, weight, Optional.of(asked), certificate);
    }

    /// The same target, reached by TLS.
    public Target with(X509Certificate only) {
        return new Target(replica, generation, host, port, state, drainBy, weight, credential, Optional.of(only));
    }

    /// What the runtime state of this target is kept under.
    TargetKey key() {
        return new TargetKey(replica, generation, host, port);
    }
}
