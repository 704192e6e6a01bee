package dev.skyhedge.watch.planning;

import dev.skyhedge.engine.control.NoticeAuthority;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.control.Questions;
import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.engine.control.SpecConditions;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.declared.UndeclaredWorkloads;
import dev.skyhedge.engine.guard.EmptyWorld;
import dev.skyhedge.engine.guard.ProvidersInUse;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.WorkloadRecord;
import dev.skyhedge.state.store.CommitResult;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.NoticeAddresses;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.installation.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/// A spec beside an open state and open providers: what planning and acting need.
public final class Planning implements AutoCloseable {
    private static final String EVERY_LINEAGE = "";

    private final Surroundings surroundings;
    private final LoadedSpec loaded;
    private final FollowedSpec followed;
    private final Spec spec;
    private final StateStore store;
    private final Path directory;
    private final Snapshot snapshot;
    private final OpenProviders providers;
    private final CloudAccounts accounts;

    private Planning(
            Surroundings surroundings,
            FollowedSpec followed,
            Spec spec,
            StateStore store,
            Path directory,
            Snapshot snapshot,
            OpenProviders providers,
            CloudAccounts accounts) {
        this.surroundings = surroundings;
        this.followed = followed;
        this.loaded = followed.loaded();
        this.spec = spec;
        this.store = store;
        this.directory = directory;
        this.snapshot = snapshot;
        this.providers = providers;
        this.accounts = accounts;
    }

    /// Opens the providers that the spec and the recorded replicas need.
    ///
    /// @param store stays the caller's to close
    /// @throws Refusal if one cannot be opened
    public static Planning open(Surroundings surroundings, LoadedSpec loaded, StateStore store, Path directory) {
        return open(surroundings, FollowedSpec.whole(loaded), store, directory);
    }

    /// As [#open(Context, LoadedSpec, StateStore, Path)], for a spec that may not count in full.
    public static Planning open(Surroundings surroundings, FollowedSpec followed, StateStore store, Path directory) {
        Snapshot snapshot = store.read();
        Spec spec = followed.against(snapshot);
        SortedSet<String> needed = new TreeSet<>(ProvidersInUse.of(snapshot));
        needed.addAll(OpenProviders.names(spec));
        OpenProviders providers = OpenProviders.open(surroundings, followed.loaded(), directory, needed);
        CloudAccounts accounts = CloudAccounts.of(providers.byName());
        try {
            accounts.require(snapshot);
        } catch (Refusal failure) {
            providers.close();
            throw failure;
        }
        return new Planning(surroundings, followed, spec, store, directory, snapshot, providers, accounts);
    }

    /// The same spec beside the state and the clouds as they are now.
    ///
    /// @throws Refusal as [#open(Context, LoadedSpec, StateStore, Path)]
    public Planning again() {
        return open(surroundings, followed, store, directory);
    }

    /// As [FollowedSpec#against(Snapshot)].
    public Spec spec() {
        return spec;
    }

    /// Conditions that ask for what is known only while the spec runs.
    public SpecConditions conditions() {
        return new ObservedSpec(followed, snapshot);
    }

    /// What was read.
    public LoadedSpec loaded() {
        return loaded;
    }

    /// The state as it was when the providers were opened.
    public Snapshot snapshot() {
        return snapshot;
    }

    /// The state.
    public StateStore store() {
        return store;
    }

    /// What lets the instances of this run report to whoever watches later.
    public Optional<NoticeAuthority> notices() {
        return NoticeAddresses.USUAL.authority(surroundings.environment(), directory, spec());
    }

    /// What lets requests and probes into replicas.
    ///
    /// @throws Refusal if the key that keys are made with cannot be used
    public ReplicaKeys keys() {
        return KeysOfReplicas.of(surroundings, spec, snapshot, store, directory);
    }

    /// Closed with this.
    public OpenProviders providers() {
        return providers;
    }

    /// Writes down what the providers are: before anything is done through them.
    ///
    /// @throws Refusal if one is another than the state now says, or it cannot be saved
    public void rememberAccounts(Lease lease) {
        accounts.remember(store, lease);
    }

    /// Writes down that this spec comes into force, and what goes with it: before it has any effect.
    ///
    /// @param source where it was read, for people
    /// @throws Refusal if it cannot be saved
    public void putInForce(Lease lease, String source) {
        if (!followed.isDeclared()) {
            return;
        }
        List<String> removing = removing();
        Optional<SpecInForce> before = snapshot.specInForce();
        String services = SpecJson.digest(loaded.spec().orElseThrow());
        if (before.filter(spec -> spec.digest().equals(loaded.digest())
                        && spec.services().equals(services)
                        && spec.removing().containsAll(removing))
                .isPresent()) {
            return;
        }
        var inForce = new SpecInForce(
                loaded.digest(),
                services,
                source(source, lease.claim().host()),
                surroundings.clock().instant(),
                removing);
        switch (store.commit(lease, List.of(new Change.PutSpec(inForce)))) {
            // Whoever has the lease now says what is in force; nothing can be done under this one.
            case CommitResult.Committed _, CommitResult.Fenced _ -> {}
            case CommitResult.NotSaved(var problem) -> throw new Refusal(problem.summary(), problem.detail());
        }
    }

    /// Where a spec in force was read, for people.
    public static String source(String path, String host) {
        return path + " on " + host;
    }

    /// Names of the recorded services that the spec does not declare: they go with it.
    public List<String> removing() {
        return UndeclaredWorkloads.of(spec, snapshot.services()).stream()
                .map(WorkloadRecord::name)
                .toList();
    }

    /// What would be done now. A provider that lets nobody look, and where nothing of this state is, is left out: an
    /// account in which nothing is permitted keeps nobody from the clouds where something is.
    ///
    /// @throws Refusal if another provider cannot be asked at all, or none can
    public Preview preview(PlanOptions options) {
        Preview preview = Preview.of(
                        spec(),
                        snapshot,
                        spent(),
                        providers.byName(),
                        options,
                        surroundings.clock().instant())
                .under(conditions(), spec(), options);
        preview.silent().forEach((name, failure) -> {
            if (!isDispensable(name, failure)
                    || preview.silent().size() == providers.byName().size()) {
                throw new Refusal(List.of(SilentProvider.error(name, failure)));
            }
        });
        refuseDuplicates(this::isDispensable);
        return preview;
    }

    private boolean isDispensable(String name, Failure failure) {
        return failure instanceof Failure.Denied
                && snapshot.replicas().stream()
                        .noneMatch(replica -> replica.lifecycle().isLive()
                                && replica.offer().location().cloud().equals(name))
                && snapshot.openIntents().stream()
                        .noneMatch(intent -> intent.offer().location().cloud().equals(name));
    }

    /// A warning for each provider that the plan does without.
    public static List<Diagnostic> leftOut(Preview preview) {
        return preview.silent().entrySet().stream()
                .map(silent -> SilentProvider.leftOut(silent.getKey(), silent.getValue()))
                .toList();
    }

    /// What forbids carrying the plan out, with its place in the spec.
    public List<Diagnostic> problems(Preview preview) {
        List<Diagnostic> problems =
                new ArrayList<>(PlanProblems.diagnostics(loaded, preview.plan().problems()));
        problems.addAll(UnofferedResources.diagnostics(loaded, preview, providers.byName()));
        problems.addAll(OpenReplicas.errors(
                surroundings,
                loaded,
                spec,
                directory,
                name -> preview.plan().services().stream()
                        .anyMatch(planned -> planned.service().equals(name))));
        return problems;
    }

    /// What the plan does without, and what would keep the replicas that it launches from being reached.
    public List<Diagnostic> warnings(Preview preview) {
        List<Diagnostic> warnings = new ArrayList<>(leftOut(preview));
        warnings.addAll(Reach.warnings(loaded, preview, providers.byName()));
        return warnings;
    }

    /// What was spent; of interest only where it is limited.
    private List<SpendEntry> spent() {
        return spec().budget().isPresent() ? store.spend("") : List.of();
    }

    /// Returns unless a service that is not recorded yet wants what nobody offers, as far as providers answer.
    ///
    /// @throws Refusal that says what they do offer
    public void refuseUnoffered() {
        if (recordedServices().containsAll(spec().services().keySet())) {
            return;
        }
        Preview preview = Preview.of(
                spec(),
                snapshot,
                spent(),
                providers.byName(),
                PlanOptions.DEFAULT,
                surroundings.clock().instant());
        if (!preview.silent().isEmpty()) {
            return;
        }
        List<Diagnostic> problems = UnofferedResources.diagnostics(loaded, preview, providers.byName());
        if (!problems.isEmpty()) {
            throw new Refusal(problems);
        }
    }

    private Set<String> recordedServices() {
        return snapshot.services().stream().map(WorkloadRecord::name).collect(Collectors.toSet());
    }

    /// Returns unless a service that is not recorded yet would have replicas that everybody may ask. One that runs is
    /// kept: nobody is helped if nobody looks after it.
    ///
    /// @throws Refusal that says what to do about it
    public void refuseOpen() {
        List<Diagnostic> problems = OpenReplicas.errors(
                surroundings,
                loaded,
                spec,
                directory,
                name -> !recordedServices().contains(name));
        if (!problems.isEmpty()) {
            throw new Refusal(problems);
        }
    }

    /// Returns unless an empty state would launch what already runs for another one, or it cannot be known whether it
    /// would.
    ///
    /// @throws Refusal that says how to recover
    public void refuseDuplicates() {
        refuseDuplicates((_, _) -> false);
    }

    private void refuseDuplicates(BiPredicate<String, Failure> isDispensable) {
        if (!EmptyWorld.isStateSuspicious(snapshot)) {
            return;
        }
        Questions.askAll(providers.byName(), provider -> provider.observe(EVERY_LINEAGE))
                .forEach((name, answer) -> {
                    switch (answer) {
                        case Outcome.Done<Observation>(Observation seen) ->
                            EmptyWorld.ofState(spec(), snapshot, name, seen).ifPresent(objection -> {
                                throw new Refusal(List.of(objection));
                            });
                        case Outcome.Failed<Observation>(Failure failure) -> {
                            if (!isDispensable.test(name, failure)) {
                                throw new Refusal(List.of(SilentProvider.error(name, failure)));
                            }
                        }
                    }
                });
    }

    /// Whether the record knows already what a preview has seen, and nothing in it is undecided: a look alone
    /// writes nothing down.
    public boolean isRecorded(Preview preview) {
        return preview.refresh().changes().isEmpty() && snapshot.openIntents().isEmpty();
    }

    @Override
    public void close() {
        providers.close();
    }
}
