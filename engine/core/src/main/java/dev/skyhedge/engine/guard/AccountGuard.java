package dev.skyhedge.engine.guard;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// Sees that a state goes on with the cloud and account that it began with: another one looks like a world in
/// which everything has vanished, and would be rented anew. What a provider was last time is in the state, so
/// that every machine that shares the state is held to it.
public final class AccountGuard {
    private AccountGuard() {}

    /// What speaks against going on; empty if every provider with live replicas or open intents is what it was. The
    /// others may change.
    ///
    /// @param accounts what providers say that they are, by name; without those that did not tell
    public static Optional<Diagnostic> objection(Snapshot state, SortedMap<String, CloudAccount> accounts) {
        SortedSet<String> inUse = ProvidersInUse.of(state);
        return accounts.entrySet().stream()
                .filter(account -> inUse.contains(account.getKey()))
                .flatMap(account -> before(state, account.getKey())
                        .filter(before -> differs(before, account.getValue()))
                        .map(before -> another(account.getKey(), before, account.getValue()))
                        .stream())
                .findFirst();
    }

    private static Diagnostic another(String provider, CloudAccount before, CloudAccount now) {
        return Diagnostic.error(
                "Provider \"" + provider + "\" is another cloud than before",
                "The replicas of this state run in " + before + "; now it would be " + now
                        + ", where none of them can be seen. Use the endpoint and credentials of before, or another "
                        + "state for the other cloud. If the replicas there are gone for good, `skyhedge state rm` "
                        + "forgets them.");
    }

    /// What the state does not know of them yet.
    ///
    /// @param accounts as for [#objection(Snapshot, SortedMap)]
    public static List<Change> news(Snapshot state, SortedMap<String, CloudAccount> accounts) {
        List<Change> news = new ArrayList<>();
        accounts.forEach((name, now) -> {
            if (isNews(before(state, name), now)) {
                news.add(new Change.PutAccount(new ProviderAccount(name, now)));
            }
        });
        return news;
    }

    private static Optional<CloudAccount> before(Snapshot state, String provider) {
        return state.accounts().stream()
                .filter(one -> one.provider().equals(provider))
                .findFirst()
                .map(ProviderAccount::account);
    }

    private static boolean isNews(Optional<CloudAccount> before, CloudAccount now) {
        return before.map(then -> differs(then, now)
                        || (then.account().isEmpty() && !now.account().isEmpty()))
                .orElse(!now.equals(CloudAccount.NONE));
    }

    private static boolean differs(CloudAccount before, CloudAccount now) {
        boolean bothKnown = !before.account().isEmpty() && !now.account().isEmpty();
        return !before.endpoint().equals(now.endpoint())
                || (bothKnown && !before.account().equals(now.account()));
    }
}
