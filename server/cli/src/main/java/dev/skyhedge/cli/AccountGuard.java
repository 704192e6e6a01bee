package dev.skyhedge.cli;

import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees that a state goes on with the cloud and account that it began with: another one looks like a world in
/// which everything has vanished, and would be rented anew. What a provider was last time is in the state, so
/// that every machine that shares the state is held to it.
final class AccountGuard {
    private static final Logger LOG = LoggerFactory.getLogger(AccountGuard.class);

    private final SortedMap<String, CloudAccount> accounts;

    private AccountGuard(SortedMap<String, CloudAccount> accounts) {
        this.accounts = accounts;
    }

    /// Asks every provider what it is. One that cannot tell, or does not answer, is not looked at.
    static AccountGuard of(SortedMap<String, Provider> providers) {
        SortedMap<String, CloudAccount> accounts = new TreeMap<>();
        Questions.askAll(providers, Provider::account).forEach((name, answer) -> {
            switch (answer) {
                case Outcome.Done<CloudAccount>(CloudAccount account) -> accounts.put(name, account);
                case Outcome.Failed<CloudAccount>(Failure failure) ->
                    LOG.warn("The account of {} is not known: {}", name, failure.message());
            }
        });
        return new AccountGuard(accounts);
    }

    /// Returns if every provider with live replicas or open intents is what it was; the others may change.
    ///
    /// @throws CommandFailure if one is another
    void require(Snapshot state) {
        SortedSet<String> inUse = OpenProviders.inUse(state);
        accounts.forEach((name, now) -> {
            Optional<CloudAccount> before = before(state, name);
            if (before.isPresent() && differs(before.get(), now) && inUse.contains(name)) {
                throw new CommandFailure(
                        "Provider \"" + name + "\" is another cloud than before",
                        "The replicas of this state run in " + before.get() + "; now it would be " + now
                                + ", where none of them can be seen. Use the endpoint and credentials of before, or another "
                                + "state for the other cloud. If the replicas there are gone for good, `skyhedge state rm` "
                                + "forgets them.");
            }
        });
    }

    /// Looks again at what the state says now, which another machine may have written since, and writes down what
    /// is not there yet. Under a lease that was lost nothing is written, as nothing is done.
    ///
    /// @throws CommandFailure if a provider is another than before, or it cannot be saved
    void remember(StateStore store, Lease lease) {
        Snapshot state = store.read();
        require(state);
        List<Change> news = new ArrayList<>();
        accounts.forEach((name, now) -> {
            if (isNews(before(state, name), now)) {
                news.add(new Change.PutAccount(new ProviderAccount(name, now)));
            }
        });
        if (news.isEmpty()) {
            return;
        }
        switch (store.commit(lease, news)) {
            case CommitResult.Committed _ -> {}
            case CommitResult.Fenced _ -> LOG.debug("The lease was lost: nothing can be done under it any more");
            case CommitResult.NotSaved(var problem) -> throw new CommandFailure(problem.summary(), problem.detail());
        }
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
