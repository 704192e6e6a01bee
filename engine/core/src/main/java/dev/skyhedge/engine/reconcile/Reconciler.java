package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.ReplicaNames;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.engine.workload.Workloads;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpendEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The core of reconciling: messages in, a step out. It remembers the state between steps and does no I/O, so
/// that the same object serves on a real and on a virtual clock. Not thread-safe: it has one owner.
public final class Reconciler {
    /// A step looks at each replica: with many thousands of them that takes longer than it is to the next message.
    private static final int REPLICAS_PER_MILLISECOND_OF_REST = 100;

    private static final int MAX_REST_MILLIS = 250;

    private final Model model;
    private final CallsInFlight calls = new CallsInFlight();
    private final Listening listening = new Listening();
    private final Map<String, ProviderLimits> limits;
    private final long epoch;
    /// Since the latest step; several ask for them after each.
    private final Map<String, Routes> routes = new HashMap<>();

    private final Function<Spec, Workloads> kinds;
    private Spec spec;
    private Workloads declared;
    private PlanOptions options = PlanOptions.DEFAULT;

    /// Of the kinds of workload that there are.
    ///
    /// @param spec what is wanted
    /// @param snapshot the state to start from
    /// @param spend what was spent until now, of today at least
    /// @param limits of each provider, by name
    /// @param epoch of the lease under which steps are committed
    public Reconciler(
            Spec spec, Snapshot snapshot, List<SpendEntry> spend, Map<String, ProviderLimits> limits, long epoch) {
        this(Kinds::of, spec, snapshot, spend, limits, epoch);
    }

    /// @param kinds what a spec declares of each kind
    public Reconciler(
            Function<Spec, Workloads> kinds,
            Spec spec,
            Snapshot snapshot,
            List<SpendEntry> spend,
            Map<String, ProviderLimits> limits,
            long epoch) {
        this.kinds = kinds;
        this.spec = spec;
        this.declared = kinds.apply(spec);
        this.model = new Model(snapshot, spend);
        this.limits = Map.copyOf(limits);
        this.epoch = epoch;
        balanced(true);
    }

    /// Whether balancers count the requests of services with an endpoint. As long as nobody has said so they
    /// do.
    public void balanced(boolean isBalanced) {
        model.signals().countedIf(workload -> isBalanced && declared.hasEndpoint(workload));
    }

    /// What to plan with beyond the spec, from the next step on. What is to be replaced is what is there now.
    public void use(PlanOptions newOptions) {
        this.options = newOptions.narrowedTo(world(Instant.EPOCH));
    }

    /// Takes in messages, plans, and says what is to be committed and done.
    public Step react(List<Message> messages, Instant now) {
        var draft = observe(messages, now);
        if (options.begunAt().isEmpty()) {
            options = options.since(now);
        }
        World world = world(now);
        Plan plan = Planner.plan(declared, world, options);
        // A problem stops its own service, for which there are no actions then; others need their replicas all the
        // same.
        new PlanCommit(draft, calls, declared).commit(plan);
        plan.services().forEach(service -> account(draft, service));
        if (draft.changes().isEmpty() && !hasOpenIntents()) {
            OrderNews.takeSettled(draft, spec, step(draft, plan));
        }
        return step(draft, plan).decidedBy(new Decision(spec, world, options, plan.actions()));
    }

    /// As [#react(List, Instant)], but starts nothing of its own: what is under way goes on to its end, and of
    /// the given actions those are committed whose time has come.
    public Step carryOut(List<Action> actions, List<Message> messages, Instant now) {
        var draft = observe(messages, now);
        Plan ending = Planner.finish(declared, world(now));
        var commit = new PlanCommit(draft, calls, declared);
        actions.forEach(commit::commit);
        commit.commit(ending);
        // What these services would cost on demand is told by a plan, whoever decided what to do.
        Planner.plan(declared, world(now), options).services().forEach(service -> account(draft, service));
        return step(draft, ending);
    }

    /// Takes in messages and brings to its end what is under way, for a plan that is only shown.
    public Step refresh(List<Message> messages, Instant now) {
        var draft = observe(messages, now);
        Plan ending = Planner.finish(declared, world(now));
        new PlanCommit(draft, calls, declared).commit(ending);
        return step(draft, ending);
    }

    /// Takes in the answers among the messages and starts nothing, not even what would bring to an end what was
    /// begun: for a controller that ends.
    public Step conclude(List<Message> messages, Instant now) {
        var draft = draft(now);
        for (Message message : messages) {
            if (message instanceof Message.LaunchEnded || message instanceof Message.TerminateEnded) {
                take(draft, message);
            }
        }
        return step(draft, Plan.nothing(world(now)));
    }

    /// For how long to gather messages after a step, before the next one: about ten times what a step takes, so that
    /// the news of a large fleet are planned for together. Nothing below a hundred replicas, at most a quarter of a
    /// second.
    public Duration rest() {
        return Duration.ofMillis(Math.min(MAX_REST_MILLIS, model.replicaCount() / REPLICAS_PER_MILLISECOND_OF_REST));
    }

    /// Whether a call to a provider has not been answered yet.
    public boolean hasCallsUnderWay() {
        return calls.anyUnderWay();
    }

    /// Whether there is an intent whose outcome is not known yet.
    public boolean hasOpenIntents() {
        return !model.intents().isEmpty();
    }

    /// The world as it is known now, for a plan that is only shown.
    public World world(Instant now) {
        return model.world(now, declared.budget().isPresent());
    }

    /// What is wanted now.
    Spec spec() {
        return spec;
    }

    /// Names of the recorded services, and of those with replicas left.
    public Set<String> services() {
        return model.services();
    }

    /// The replicas of a service that may take traffic.
    public Routes routes(String service) {
        return routes.computeIfAbsent(service, name -> Routes.of(model, name, this::accessOf));
    }

    /// The replicas to probe: those that start, and those that are ready.
    public List<ReplicaRecord> probed() {
        return model.replicas().stream().filter(this::isProbed).toList();
    }

    /// How the replica is found healthy: as the edit says that it was launched for.
    public ReadinessSpec readinessOf(ReplicaRecord replica) {
        return declared.readiness(replica, model.service(replica.service())).orElse(ReadinessSpec.DEFAULT);
    }

    /// How requests and probes get into the replica: as the edit says that it was launched for.
    public AccessSpec accessOf(ReplicaRecord replica) {
        return declared.access(replica, model.service(replica.service())).orElse(AccessSpec.OPEN);
    }

    /// Those of them that these changes were about, in the same order.
    public List<ReplicaRecord> probed(List<Change> changes) {
        NavigableSet<ReplicaRecord> changed = new TreeSet<>(ReplicaNames.BY_ORDINAL);
        for (Change change : changes) {
            if (change instanceof Change.PutReplica(ReplicaRecord replica)) {
                probed(ReplicaKey.of(replica)).ifPresent(changed::add);
            }
        }
        return List.copyOf(changed);
    }

    /// The replica, if it is one of those.
    public Optional<ReplicaRecord> probed(ReplicaKey key) {
        return model.replica(key).filter(this::isProbed);
    }

    private boolean isProbed(ReplicaRecord replica) {
        return replica.endpoint().isPresent()
                && !declared.listens(replica.service())
                && (replica.lifecycle() == Lifecycle.STARTING || replica.lifecycle() == Lifecycle.READY);
    }

    private Draft observe(List<Message> messages, Instant now) {
        var draft = draft(now);
        for (Message message : messages) {
            take(draft, message);
        }
        new OpenIntents(draft, calls, declared).repeatDue();
        model.secondLooks().take(draft);
        listening.take(draft, declared);
        for (String workload : model.services()) {
            declared.trial(workload).ifPresent(trial -> Proofs.take(draft, workload, trial));
        }
        OrderNews.take(draft);
        return draft;
    }

    /// From now on the model changes.
    private Draft draft(Instant now) {
        routes.clear();
        model.at(now);
        return new Draft(model, now, epoch);
    }

    private static Step step(Draft draft, Plan plan) {
        Optional<Instant> wakeAt =
                Stream.concat(draft.wakes().stream(), plan.wakeAt().stream()).min(Comparator.naturalOrder());
        return new Step(draft.changes(), draft.effects(), draft.transitions(), plan, wakeAt);
    }

    private void take(Draft draft, Message message) {
        switch (message) {
            case Message.SpecGiven(Spec given) -> {
                spec = given;
                declared = kinds.apply(given);
            }
            case Message.OffersRead(String provider, var offers) -> {
                model.supply().read(provider, offers);
                Prices.follow(draft, offers.offers());
            }
            case Message.QuotasRead(String provider, var quotas, Instant at) -> {
                model.supply().read(provider, quotas, at);
                QuotaNews.read(draft, provider, quotas, at);
            }
            case Message.Observed(String provider, var observation) -> {
                if (model.seen(provider, observation, draft.now())) {
                    draft.wakeAt(draft.now().plus(Silence.PATIENCE));
                }
                new OpenIntents(draft, calls, declared).settle(provider, observation, limitsOf(provider));
                new ObservationNews(draft, calls, declared, limitsOf(provider)).read(provider, observation);
            }
            case Message.Happened(String provider, ProviderEvent event) -> take(draft, provider, event);
            case Message.LaunchEnded(String intentId, var outcome) ->
                new CallNews(draft, calls).launchEnded(intentId, outcome);
            case Message.TerminateEnded(String intentId, var outcome) ->
                new CallNews(draft, calls).terminateEnded(intentId, outcome);
            case Message.Probed probed ->
                model.replica(probed.replica()).ifPresent(replica -> ProbeNews.take(draft, replica, probed));
            case Message.LogRead read -> LogNews.take(draft, read);
            case Message.Heard heard -> listening.heard(draft, declared, heard);
            case Message.SignalsRead(String service, var rate, int held, var inFlight, Instant at, var load) ->
                model.signals()
                        .traffic(service, new ServiceSignals.Traffic(rate, held, inFlight, Optional.of(at), load));
            case Message.Woken(String service) -> model.signals().wake(service);
            case Message.Unreachable(ReplicaKey key) -> {
                if (model.replica(key).isPresent()) {
                    draft.effect(new Effect.ProbeNow(key));
                }
            }
            case Message.Ejected(ReplicaKey key, String detail) ->
                model.replica(key).ifPresent(replica -> {
                    draft.event(replica, Message.Ejected.EVENT, detail);
                    draft.effect(new Effect.ProbeNow(key));
                });
            case Message.Noticed(InstanceNotice notice) -> NoticeNews.take(draft, notice);
            case Message.Drained(ReplicaKey key) -> model.signals().drained(key);
            case Message.ProviderSilent silent -> {
                if (silent.observing()) {
                    model.silence().unseen(silent.provider(), draft.now());
                    draft.wakeAt(draft.now().plus(Silence.PATIENCE));
                }
                new OpenIntents(draft, calls, declared).postpone(silent.provider());
            }
            case Message.ChecksRead(List<CheckResult> checks) -> draft.event("", Checks.EVENT, Checks.text(checks));
            case Message.OrdersRead(List<PlacedOrder> orders) -> model.orders().read(orders);
            case Message.ChangeWaits(Optional<String> text) ->
                draft.event(
                        "",
                        text.isPresent() ? Message.ChangeWaits.WAITS : Message.ChangeWaits.DECIDED,
                        text.orElse("no change of the spec waits any more"));
            case Message.OrderRefused(long number, String why) -> OrderNews.refuse(draft, number, why);
            case Message.TimeLost(Duration lost) -> model.skip(lost);
            case Message.Tick _ -> {}
        }
    }

    private void take(Draft draft, String provider, ProviderEvent event) {
        switch (event) {
            case ProviderEvent.PreemptionNotice notice ->
                byInstance(provider, notice.instanceId())
                        .ifPresent(replica -> InstanceNews.notice(draft, replica, notice.deadline()));
            case ProviderEvent.RebalanceHint hint ->
                byInstance(provider, hint.instanceId()).ifPresent(replica -> InstanceNews.atRisk(draft, replica));
            case ProviderEvent.InstanceChanged(var instance) ->
                new ObservationNews(draft, calls, declared, limitsOf(provider)).read(instance);
            case ProviderEvent.Gap(String reason) -> {
                draft.event("", "events_missed", provider + ": " + reason);
                draft.effect(new Effect.Observe(provider));
            }
        }
    }

    private Optional<ReplicaRecord> byInstance(String provider, String id) {
        return model.replicas().stream()
                .filter(replica -> replica.instanceId().equals(Optional.of(id)))
                .filter(replica -> replica.offer().location().cloud().equals(provider))
                .filter(replica -> replica.lifecycle().isLive())
                .findFirst();
    }

    private static void account(Draft draft, Plan.WorkloadSummary service) {
        if (draft.model().service(service.service()).isPresent()) {
            Accounts.yardstick(draft, service.service(), service.cost().allOnDemand());
        }
    }

    private ProviderLimits limitsOf(String provider) {
        ProviderLimits known = limits.get(provider);
        if (known == null) {
            throw new IllegalArgumentException("Not an open provider: " + provider);
        }
        return known;
    }
}
