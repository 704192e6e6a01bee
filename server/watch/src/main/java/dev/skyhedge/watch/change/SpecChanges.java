package dev.skyhedge.watch.change;

import dev.skyhedge.engine.declared.SpecOrder;
import dev.skyhedge.engine.declared.SpecSuccession;
import dev.skyhedge.engine.declared.SpecSuccession.Decision;
import dev.skyhedge.engine.guard.EmptyWorld;
import dev.skyhedge.engine.plan.AgreedRemovals;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecInputs;
import dev.skyhedge.specs.schema.Durations;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.Refusal;
import dev.skyhedge.watch.installation.Surroundings;
import dev.skyhedge.watch.news.WatchEvent;
import dev.skyhedge.watch.news.WatchNews;
import dev.skyhedge.watch.planning.CertainRemovals;
import dev.skyhedge.watch.planning.FollowedSpec;
import dev.skyhedge.watch.planning.Planning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Which spec a watch goes with: what its files say at the start, and what becomes of changes of them. Reads them,
/// has [SpecSuccession] decide, shows the plan that follows, asks if it has to, and says why if nothing comes of it.
/// Thread-safe.
public final class SpecChanges {
    /// What has to happen before a changed spec is applied.
    public enum Approve {
        /// Somebody says yes.
        ASK,
        /// Nothing.
        AUTO
    }

    /// So many characters tell what a text is about.
    private static final int TOPIC = 20;

    private final Surroundings surroundings;
    private final StateStore store;
    private final Path directory;
    private final SpecFiles files;
    private final Approve approve;
    private final Set<String> confirmed;
    private final WatchNews news;
    private final Map<String, String> told = new HashMap<>();
    private final Agreement agreement;
    private final Approver approver;
    private volatile Consumer<Message> controller = _ -> {};
    private volatile Optional<Message.OrderRefused> refusal = Optional.empty();
    private LoadedSpec latest;
    private Instant latestChangedAt;
    private boolean complained;
    private String waitingFor = "";

    /// @param latest as it was read first
    /// @param confirmed services that a person said may go
    /// @param news tells the user
    /// @param approver asked if changes want a yes
    public SpecChanges(
            Surroundings surroundings,
            StateStore store,
            Path directory,
            SpecFiles files,
            LoadedSpec latest,
            Approve approve,
            Set<String> confirmed,
            WatchNews news,
            Approver approver) {
        this.surroundings = surroundings;
        this.store = store;
        this.directory = directory;
        this.files = files;
        this.latest = latest;
        this.latestChangedAt = latest.inputs().changedAt().orElse(Instant.EPOCH);
        this.approve = approve;
        this.confirmed = Set.copyOf(confirmed);
        this.news = news;
        this.approver = approver;
        this.agreement = new Agreement(approver);
    }

    /// Who is told what the state should know of changes, and returns once it does, or cannot.
    public void tells(Consumer<Message> listener) {
        controller = listener;
    }

    /// Takes an order to apply files. It is dealt with when they are read next.
    ///
    /// @return whether it is a new one
    public boolean ordered(PlacedOrder placed) {
        boolean fresh = agreement.ordered(placed);
        if (fresh && agreement.asksSomethingElse(placed)) {
            refuse("the watch asks about another change first, or was given other values of variables: answer it where"
                    + " it runs, then apply again");
        }
        return fresh;
    }

    /// Why an order to apply files is not carried out, if it is not.
    public Optional<Message.OrderRefused> refusal(PlacedOrder placed) {
        return refusal.filter(refused -> refused.number() == placed.number());
    }

    private void refuse(String why) {
        agreement.order().ifPresent(placed -> refusal = Optional.of(new Message.OrderRefused(placed.number(), why)));
        agreement.settled();
    }

    /// What became of files that have changed.
    public sealed interface Outcome {
        /// Nothing for now; it is asked again after the next look.
        record LookAgain() implements Outcome {}

        /// The spec before goes on.
        record Unchanged() implements Outcome {}

        /// This one comes next.
        record Follow(FollowedSpec spec) implements Outcome {}
    }

    /// The spec to begin with, each time this process begins to lead.
    ///
    /// @throws Refusal if the files declare nothing while the state has services
    public synchronized FollowedSpec begin() {
        Snapshot snapshot = store.read();
        var files = new SpecSuccession.Files(
                latest.spec().orElseThrow(), latest.digest(), latestChangedAt, Duration.ZERO, 1);
        return switch (SpecSuccession.atStart(files, snapshot, confirmed)) {
            case Decision.Follow follow -> {
                tellOfKept(follow.kept());
                FollowedSpec spec = followed(latest, follow.agreed());
                CertainRemovals.require(latest, snapshot, spec.options(), confirmed);
                yield tellOfGaps(spec, snapshot);
            }
            case Decision.Older older -> {
                tellOnce("The spec here is older than the one in force, which "
                        + older.inForce().source() + " put there at "
                        + older.inForce().at()
                        + ". What is in force goes on, as it is recorded: these files change nothing until they change"
                        + " themselves, or SIGHUP asks for them.");
                yield tellOfGaps(new FollowedSpec(latest, new SpecOrder.Recorded()), snapshot);
            }
            case Decision.Empty empty ->
                throw new Refusal(List.of(EmptyWorld.ofSpec(latest.sources(), empty.recorded())));
            case Decision.Wait _ -> throw new IllegalStateException("Nobody waits at the start");
        };
    }

    private void tellOfKept(List<String> kept) {
        if (!kept.isEmpty()) {
            tellOnce("Recorded and not in this spec: " + String.join(", ", kept)
                    + ". Kept as recorded, since a missing block alone is no order. To end one: a removed block in the"
                    + " spec, -confirm-removal=" + kept.getFirst() + ", or `skyhedge apply` in another terminal.");
        }
    }

    /// A process may begin to lead many times.
    private void tellOnce(String text) {
        if (!text.equals(told.put(text.substring(0, TOPIC), text))) {
            news.say(text);
        }
    }

    private FollowedSpec tellOfGaps(FollowedSpec spec, Snapshot snapshot) {
        spec.notKeptUp(snapshot).forEach(problem -> tellOnce(problem.summary() + ": " + problem.detail()));
        return spec;
    }

    /// All that the spec was read from.
    public SpecInputs inputs() {
        return files.inputs();
    }

    /// Where the spec is read, for people.
    public String source() {
        return files.source();
    }

    /// What becomes of the files as they are now.
    ///
    /// @param seen by the looks at them
    /// @param leading whether this process acts; otherwise it only remembers what it read
    public synchronized Outcome take(SpecFileWatch.Seen seen, boolean leading) {
        LoadedSpec loaded = files.read();
        if (loaded.hasErrors() || loaded.spec().isEmpty()) {
            return refused(loaded.diagnostics());
        }
        String digest = loaded.digest();
        Optional<PlacedOrder> order = agreement.order();
        if (order.filter(placed -> !Agreement.isAboutFiles(placed, loaded)).isPresent()) {
            refuse("the watch follows " + source()
                    + ", and what is there now is another spec. Change that one and apply"
                    + " it, or end the watch first: its replicas keep running");
        } else if (order.filter(placed -> !Agreement.isAbout(placed, loaded)).isPresent()) {
            refuse("the files come to other services for the watch than here, because it was given other values of"
                    + " variables. Give the same ones here, or write them beside the spec, where both read them");
        }
        if (!seen.ordered() && agreement.order().isEmpty() && digest.equals(latest.digest())) {
            if (complained || !waitingFor.isEmpty()) {
                news.say("The spec is again as it was. Nothing has changed.");
            }
            complained = false;
            waitingFor = "";
            return new Outcome.Unchanged();
        }
        if (!leading) {
            news.say("The spec has changed. It counts once this process leads.");
            remember(loaded);
            return new Outcome.Unchanged();
        }
        try {
            return decide(loaded, seen);
        } catch (Refusal failure) {
            return refused(failure.diagnostics());
        } catch (StateException failure) {
            if (!complained) {
                refused(List.of(Diagnostic.error(
                        failure.problem().summary(), failure.problem().detail())));
            }
            return new Outcome.LookAgain();
        }
    }

    /// A person has seen what goes.
    private Outcome decide(LoadedSpec loaded, Order.ApplySpec apply, Snapshot snapshot) {
        if (loaded.digest().equals(latest.digest())
                && snapshot.specInForce()
                        .filter(spec -> spec.isAsOrdered(apply))
                        .isPresent()) {
            agreement.settled();
            return new Outcome.Unchanged();
        }
        Set<String> agreed = new HashSet<>(confirmed);
        agreed.addAll(apply.removing());
        return follow(loaded, agreed);
    }

    private Outcome decide(LoadedSpec loaded, SpecFileWatch.Seen seen) {
        Snapshot snapshot = store.read();
        if (agreement.order().orElse(null) instanceof PlacedOrder(var _, Order.ApplySpec apply, var _, var _, var _)) {
            return decide(loaded, apply, snapshot);
        }
        Set<String> before = latest.spec().orElseThrow().workloads().keySet();
        var files = new SpecSuccession.Files(
                loaded.spec().orElseThrow(), loaded.digest(), now(), seen.steadyFor(), seen.looks());
        return switch (SpecSuccession.afterChange(files, before, snapshot, confirmed)) {
            case Decision.Follow follow -> {
                tellOfKept(follow.kept());
                yield follow(loaded, follow.agreed());
            }
            case Decision.Wait wait ->
                switch (approve) {
                    // A person who sees what goes need not wait.
                    case ASK -> {
                        Set<String> agreed = new HashSet<>(confirmed);
                        agreed.addAll(wait.gone());
                        yield follow(loaded, agreed);
                    }
                    case AUTO -> {
                        tellOfWaiting(loaded, wait);
                        yield new Outcome.LookAgain();
                    }
                };
            case Decision.Empty empty -> refused(List.of(EmptyWorld.ofSpec(loaded.sources(), empty.recorded())));
            case Decision.Older _ -> throw new IllegalStateException("Changed files are not older");
        };
    }

    private void tellOfWaiting(LoadedSpec loaded, Decision.Wait wait) {
        if (!waitingFor.equals(loaded.digest())) {
            waitingFor = loaded.digest();
            news.say("The spec has changed, and does not declare " + String.join(", ", wait.gone())
                    + " any more. If it stays like that for " + Durations.text(SpecSuccession.STEADY)
                    + ", that is taken for meant. Until then: " + WatchEvent.UNCHANGED);
        }
    }

    private Outcome follow(LoadedSpec loaded, Set<String> agreed) {
        news.say("The spec has changed.");
        waitingFor = "";
        FollowedSpec next = followed(loaded, agreed);
        try (Planning planned = Planning.open(surroundings, next, store, directory)) {
            CertainRemovals.require(loaded, planned.snapshot(), next.options(), confirmed);
            var preview = planned.preview(next.options());
            news.changePlanned(preview);
            List<Diagnostic> problems = planned.problems(preview);
            if (!problems.isEmpty()) {
                return refused(problems);
            }
            if (!approved(loaded, approver.summary(preview))) {
                news.changeNotApproved();
                return new Outcome.Unchanged();
            }
        }
        complained = false;
        agreement.settled();
        remember(loaded);
        return new Outcome.Follow(next);
    }

    private void remember(LoadedSpec loaded) {
        latest = loaded;
        latestChangedAt = now();
    }

    private static FollowedSpec followed(LoadedSpec loaded, Set<String> agreed) {
        return new FollowedSpec(loaded, new SpecOrder.Declared(new AgreedRemovals.Only(agreed)));
    }

    private boolean approved(LoadedSpec loaded, String what) {
        return switch (approve) {
            case AUTO -> true;
            case ASK -> agreement.isGiven(loaded) || asked(loaded, what);
        };
    }

    /// The question stands at its place in the log, which goes on: it is said again there, and in the state.
    private boolean asked(LoadedSpec loaded, String what) {
        String text = "A change of " + source() + " waits for a yes. " + what
                + " Type yes where `skyhedge watch` runs, or run `skyhedge apply` elsewhere.";
        news.waits(text);
        controller.accept(new Message.ChangeWaits(Optional.of(text)));
        boolean agreed = agreement.to(loaded);
        news.waitsNoMore();
        controller.accept(new Message.ChangeWaits(Optional.empty()));
        return agreed;
    }

    private Outcome refused(List<Diagnostic> diagnostics) {
        complained = true;
        diagnostics.stream().findFirst().ifPresent(first -> refuse(first.summary() + ": " + first.detail()));
        news.changeRefused(diagnostics);
        return new Outcome.Unchanged();
    }

    private Instant now() {
        return surroundings.clock().instant();
    }
}
