package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.keys.ClientKey;
import dev.skyhedge.balancer.keys.Keys;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys that clients of one endpoint bring, read where the spec says. Only their digests are kept.
///
/// @param keys for the balancer
/// @param problems what keeps somebody out, for people
record KeysOfClients(Keys keys, List<String> problems) {
    static final KeysOfClients NONE = new KeysOfClients(Keys.NOT_ASKED, List.of());

    /// Reads them now.
    static KeysOfClients of(EndpointSpec endpoint, Secrets secrets) {
        if (endpoint.keys().isEmpty()) {
            return NONE;
        }
        List<ClientKey> known = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<ClientKey.Digest, String> names = new LinkedHashMap<>();
        for (dev.skyhedge.specs.ClientKey key : endpoint.keys()) {
            var limits = new ClientKey.Limits(key.requestsPerMinute(), key.tokensPerMinute(), key.maxInFlight());
            ClientKey one = switch (read(key, secrets)) {
                case Outcome.Done<String>(String text) -> ClientKey.of(key.name(), text, limits);
                case Outcome.Failed<String>(Failure failure) -> {
                    problems.add("nobody gets in by key \"" + key.name() + "\": " + failure.message());
                    yield ClientKey.unread(key.name(), limits);
                }
            };
            known.add(one);
            one.sha256()
                    .flatMap(digest -> Optional.ofNullable(names.putIfAbsent(digest, key.name())))
                    .ifPresent(other -> problems.add("key \"" + key.name() + "\" is the same as key \"" + other
                            + "\", under which all of it is counted"));
        }
        return new KeysOfClients(Keys.of(known), List.copyOf(problems));
    }

    private static Outcome<String> read(dev.skyhedge.specs.ClientKey key, Secrets secrets) {
        String reference = key.secret().reference();
        return switch (secrets.read(reference)) {
            case Outcome.Done<String>(String text)
            when text.isBlank() -> Outcome.failed(new Failure.InvalidRequest("secret(\"" + reference + "\") is empty"));
            case Outcome.Done<String> done -> done;
            case Outcome.Failed<String> failed -> failed;
        };
    }
}
