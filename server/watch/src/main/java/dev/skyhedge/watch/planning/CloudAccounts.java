package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.engine.guard.AccountGuard;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.Refusal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What open providers say that they are, held against a state and written into it as [AccountGuard] decides.
final class CloudAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(CloudAccounts.class);

    private final SortedMap<String, CloudAccount> accounts;

    /// @param accounts by provider; of those that told
    CloudAccounts(SortedMap<String, CloudAccount> accounts) {
        this.accounts = accounts;
    }

    /// Asks every provider what it is. One that cannot tell, or does not answer, is not looked at.
    static CloudAccounts of(SortedMap<String, Provider> providers) {
        SortedMap<String, CloudAccount> accounts = new TreeMap<>();
        Questions.askAll(providers, Provider::account).forEach((name, answer) -> {
            switch (answer) {
                case Outcome.Done<CloudAccount>(CloudAccount account) -> accounts.put(name, account);
                case Outcome.Failed<CloudAccount>(Failure failure) ->
                    LOG.warn("The account of {} is not known: {}", name, failure.message());
            }
        });
        return new CloudAccounts(accounts);
    }

    /// Returns if every provider that the state needs is what it was.
    ///
    /// @throws Refusal if one is another
    void require(Snapshot state) {
        AccountGuard.objection(state, accounts).ifPresent(objection -> {
            throw new Refusal(List.of(objection));
        });
    }

    /// Looks again at what the state says now, which another machine may have written since, and writes down what
    /// is not there yet. Under a lease that was lost nothing is written, as nothing is done.
    ///
    /// @throws Refusal if a provider is another than before, or it cannot be saved
    void remember(StateStore store, Lease lease) {
        Snapshot state = store.read();
        require(state);
        List<Change> news = AccountGuard.news(state, accounts);
        if (news.isEmpty()) {
            return;
        }
        switch (store.commit(lease, news)) {
            case CommitResult.Committed _ -> {}
            case CommitResult.Fenced _ -> LOG.debug("The lease was lost: nothing can be done under it any more");
            case CommitResult.NotSaved(var problem) -> throw new Refusal(problem.summary(), problem.detail());
        }
    }
}
