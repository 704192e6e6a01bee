package dev.skyhedge.engine.control;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.ReadyReplicas;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Reconciler;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A plan that is only shown: the world is looked at, nothing is committed and no instance is touched.
///
/// @param plan what would be done
/// @param world what it was made for
/// @param refresh what the record would learn from the providers first
/// @param silent providers that could not be asked, and why
public record Preview(Plan plan, World world, Step refresh, SortedMap<String, Failure> silent) {
    private static final Logger LOG = LoggerFactory.getLogger(Preview.class);
    private static final long NO_EPOCH = 0;

    /// Looks and plans. Blocks for as long as the slowest provider takes, and for one that does not answer no longer
    /// than its calls may take.
    ///
    /// @param spent what was spent until now, of today at least
    public static Preview of(
            Spec spec,
            Snapshot snapshot,
            List<SpendEntry> spent,
            SortedMap<String, Provider> providers,
            PlanOptions options,
            Instant now) {
        SortedMap<String, Failure> silent = new TreeMap<>();
        List<Message> messages = ask(spec, snapshot.lineage(), providers, silent, now);
        Map<String, ProviderLimits> limits = new HashMap<>();
        providers.forEach((name, provider) -> limits.put(name, provider.limits()));
        var reconciler = new Reconciler(spec, snapshot, spent, limits, NO_EPOCH);
        Step refresh = reconciler.refresh(messages, now);
        World world = reconciler.world(now);
        return new Preview(Planner.plan(Kinds.of(spec), world, options), world, refresh, silent);
    }

    /// The same plan with conditions evaluated as far as this world allows.
    public Preview under(SpecConditions conditions, Spec spec, PlanOptions options) {
        if (!conditions.areOpen()) {
            return this;
        }
        Spec observed = conditions.preconditions(spec, ReadyReplicas.settled(world));
        return new Preview(Planner.plan(Kinds.of(observed), world, options), world, refresh, silent);
    }

    private static List<Message> ask(
            Spec spec,
            String lineage,
            SortedMap<String, Provider> providers,
            Map<String, Failure> silent,
            Instant now) {
        List<Message> messages = new ArrayList<>();
        // All are asked before any is waited for.
        var offers = asked(providers, provider -> provider.offers(Offers.permittedBy(spec)));
        var quotas = asked(providers, Provider::quotas);
        var observations = asked(providers, provider -> provider.observe(lineage));
        quotas.forEach((name, answer) -> {
            switch (answer.join()) {
                case Outcome.Done<List<AccountQuota>>(List<AccountQuota> read) ->
                    messages.add(new Message.QuotasRead(name, read, now));
                case Outcome.Failed<List<AccountQuota>>(Failure failure) ->
                    LOG.warn("The quotas of {} could not be read: {}", name, failure.message());
            }
        });
        offers.forEach((name, answer) -> {
            switch (answer.join()) {
                case Outcome.Done<OfferList>(OfferList list) -> messages.add(new Message.OffersRead(name, list));
                case Outcome.Failed<OfferList>(Failure failure) -> silent.put(name, failure);
            }
        });
        observations.forEach((name, answer) -> {
            switch (answer.join()) {
                case Outcome.Done<Observation>(Observation seen) -> messages.add(new Message.Observed(name, seen));
                case Outcome.Failed<Observation>(Failure failure) -> silent.put(name, failure);
            }
        });
        return messages;
    }

    private static <T> SortedMap<String, CompletableFuture<Outcome<T>>> asked(
            SortedMap<String, Provider> providers, Function<Provider, Outcome<T>> question) {
        SortedMap<String, CompletableFuture<Outcome<T>>> answers = new TreeMap<>();
        providers.forEach((name, provider) -> answers.put(name, Questions.ask(name, provider, question)));
        return answers;
    }
}
