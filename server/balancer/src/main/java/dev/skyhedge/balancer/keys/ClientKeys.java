package dev.skyhedge.balancer.keys;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// The keys of a balancer's clients, of which only digests are known, and the account of each. Thread-safe: they are
/// replaced under the router's lock, and asked without one.
public final class ClientKeys {
    private static final String BEARER = "Bearer ";
    /// Longer ones are none: what a client sends is not hashed without an end.
    private static final int MOST_CHARS = 4_096;

    private final ConcurrentHashMap<String, KeyAccount> accounts = new ConcurrentHashMap<>();
    private volatile Optional<Map<ClientKey.Digest, KeyAccount>> byDigest = Optional.empty();

    public ClientKeys(Keys keys) {
        use(keys);
    }

    /// Other keys from the next request on. Those of the same name go on with their account; what the others have
    /// used is forgotten when the last of their requests has ended.
    public void use(Keys keys) {
        long now = System.nanoTime();
        List<ClientKey> known = keys.known().orElse(List.of());
        Map<ClientKey.Digest, KeyAccount> next = new HashMap<>();
        for (ClientKey key : known) {
            KeyAccount account = accounts.computeIfAbsent(key.name(), name -> new KeyAccount(name, key.limits(), now));
            account.limit(key.limits(), now);
            key.sha256().ifPresent(digest -> next.putIfAbsent(digest, account));
        }
        byDigest = keys.known().map(_ -> next);
        accounts.keySet()
                .removeIf(name -> known.stream().noneMatch(key -> key.name().equals(name)));
    }

    /// Whether requests need one.
    public boolean areAsked() {
        return byDigest.isPresent();
    }

    /// Whose request it is; empty if it brings none of the keys.
    public Optional<KeyAccount> account(HttpFields headers) {
        List<String> given = headers.getValuesList(HttpHeader.AUTHORIZATION);
        if (given.size() != 1) {
            return Optional.empty(); // a replica and we could take different ones
        }
        String value = given.getFirst();
        if (value.length() > MOST_CHARS || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        var digest = ClientKey.Digest.of(value.substring(BEARER.length()).strip());
        return byDigest.map(all -> all.get(digest));
    }

    /// By name.
    public List<KeyStatistics> statistics() {
        return accounts.values().stream()
                .map(KeyAccount::statistics)
                .sorted(Comparator.comparing(KeyStatistics::key))
                .toList();
    }
}
