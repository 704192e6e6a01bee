package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.Balancer;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.specs.EndpointSpec;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;

/// What one endpoint shows its clients: read when it opens, and again and again while it serves.
/// Not thread-safe.
final class EndpointTls {
    private final Secrets secrets;
    private final InstantSource clock;
    private Optional<TlsFiles.Problem> present = Optional.empty();
    private Optional<TlsFiles.Problem> told = Optional.empty();

    EndpointTls(Secrets secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /// Why an endpoint could not show what it is to show; empty also for one without TLS.
    Optional<TlsFiles.Problem> unusable(EndpointSpec endpoint) {
        TlsFiles.Read read = read(endpoint);
        return read.tls().isEmpty() ? read.problem() : Optional.empty();
    }

    private TlsFiles.Read read(EndpointSpec endpoint) {
        return endpoint.tls()
                .map(tls -> TlsFiles.read(tls, secrets, clock.instant()))
                .orElse(new TlsFiles.Read(Optional.empty(), Optional.empty()));
    }

    /// Lets a balancer show what is in the files now, to who connects from now on. What cannot be
    /// used leaves what it showed before.
    ///
    /// @return why it cannot be used
    Optional<TlsFiles.Problem> show(EndpointSpec endpoint, Balancer balancer) {
        TlsFiles.Read read = read(endpoint);
        present = read.problem();
        if (read.tls().isPresent() || endpoint.tls().isEmpty()) {
            try {
                balancer.secure(read.tls());
                return Optional.empty();
            } catch (GeneralSecurityException e) {
                present = Optional.of(new TlsFiles.Problem(
                        "key", "Certificate cannot be used", "This Java says: " + e.getMessage() + "."));
            }
        }
        return present;
    }

    /// What is wrong and was not told yet, for people.
    Optional<String> news() {
        Optional<TlsFiles.Problem> news = present.filter(problem -> !told.equals(present));
        told = present;
        return news.map(TlsFiles.Problem::text);
    }
}
