package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ReplicaKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Calls to the cloud, and the polling under its events. What a call does it does at once; the answer takes its
/// time.
///
/// Polls keep their times, but an answer that cannot be news is not delivered: offers as they were delivered
/// last, and instances if neither they nor the state have changed for longer than any rule of the reconciler
/// waits. A test holds the shortcut against delivering everything.
final class CloudCalls {
    private static final Duration OBSERVE_ANYWAY = Duration.ofSeconds(60);
    private static final Duration READ_OFFERS = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    /// Added to the limits after which the reconciler takes what it sees for settled.
    private static final Duration SETTLED_MARGIN = Duration.ofSeconds(10);

    private static final int LOG_BYTES = 1_000;

    private final String name;
    private final String lineage;
    private final SimulatedProvider provider;
    private final BiConsumer<Duration, Runnable> later;
    private final Surroundings surroundings;
    private final Consumer<Message> post;
    private final Duration settled;
    private final Set<String> silent = new HashSet<>();
    private Optional<List<Instance>> observed = Optional.empty();
    private Optional<List<Offer>> offered = Optional.empty();
    private Instant lastChange = Instant.MIN;
    private Instant lastObserved = Instant.MIN;
    private int answersAwaited = 2;
    private boolean tellsAll;

    CloudCalls(
            String name,
            String lineage,
            SimulatedProvider provider,
            BiConsumer<Duration, Runnable> later,
            Surroundings surroundings,
            Consumer<Message> post) {
        this.name = name;
        this.lineage = lineage;
        this.provider = provider;
        this.later = later;
        this.surroundings = surroundings;
        this.post = post;
        this.settled = provider.limits()
                .visibilityDelay()
                .plus(provider.limits().callTimeout())
                .plus(SETTLED_MARGIN);
    }

    void begin() {
        observe();
        readOffers();
        every(OBSERVE_ANYWAY, this::poll);
        every(READ_OFFERS, this::readOffers);
    }

    /// Delivers every answer, to show that leaving some out changes nothing.
    void tellAll() {
        tellsAll = true;
    }

    /// Whether the cloud has not yet said what is there and what it offers.
    boolean awaitsFirstAnswers() {
        return answersAwaited > 0;
    }

    /// The state is another one now.
    void changed() {
        lastChange = now();
    }

    /// @return whether the call may have created or destroyed something
    boolean carryOut(Effect.CloudCall call) {
        switch (call) {
            case Effect.Launch(Intent intent, ReplicaSpec replica) -> {
                var outcome = provider.launch(request(intent, replica));
                boolean refused = outcome instanceof Outcome.Failed<Instance>(Failure.NoCapacity _);
                later.accept(
                        surroundings.callTakes(refused),
                        () -> post.accept(new Message.LaunchEnded(intent.id(), outcome)));
                return true;
            }
            case Effect.Terminate(Intent intent) -> {
                var outcome = provider.terminate(
                        intent.instanceId().orElseThrow(), intent.offer().location());
                afterCall(() -> post.accept(new Message.TerminateEnded(intent.id(), outcome)));
                return true;
            }
            case Effect.Observe _ -> observe();
            case Effect.Listen(ReplicaKey replica, String instanceId, var location, long offset) -> {
                Optional<LogPage> page = provider.logs(instanceId, location, offset, Effect.Listen.MOST_BYTES)
                                instanceof Outcome.Done<LogPage>(LogPage read)
                        ? Optional.of(read)
                        : Optional.empty();
                afterCall(() -> post.accept(new Message.Heard(replica, offset, page)));
            }
            case Effect.ReadLog(ReplicaKey replica, String instanceId, var location) -> {
                if (provider.logs(instanceId, location, 0, LOG_BYTES) instanceof Outcome.Done<LogPage>(LogPage page)) {
                    afterCall(() -> post.accept(new Message.LogRead(replica, page.text())));
                }
            }
        }
        return false;
    }

    private void afterCall(Runnable answer) {
        later.accept(surroundings.callTakes(false), answer);
    }

    private LaunchRequest request(Intent intent, ReplicaSpec replica) {
        var tags = new InstanceTags(
                lineage,
                intent.service(),
                intent.machine().name(),
                intent.machine().generation(),
                intent.token());
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        replica.env().forEach((name, value) -> {
            if (value instanceof EnvValue.Plain(String text)) {
                environment.put(name, text);
            }
        });
        var workload = new Workload(replica.image(), replica.command(), replica.port(), environment);
        return new LaunchRequest(intent.offer(), tags, workload, replica.diskGb(), Optional.empty());
    }

    private void every(Duration period, Runnable action) {
        later.accept(period, () -> {
            action.run();
            every(period, action);
        });
    }

    private Instant now() {
        return provider.cloud().instant();
    }

    /// Looks because it is time to, and not because anybody asked.
    private void poll() {
        look(observed.isPresent() && !lastObserved.isBefore(afterRules(lastChange)));
    }

    private Instant afterRules(Instant change) {
        return change.equals(Instant.MIN) ? change : change.plus(settled);
    }

    private void observe() {
        look(false);
    }

    /// @param onlyNews whether an answer like the last one may be left out
    private void look(boolean onlyNews) {
        switch (provider.observe(lineage)) {
            case Outcome.Done<Observation>(Observation seen) -> {
                Optional<List<Instance>> complete =
                        seen.unreachable().isEmpty() ? Optional.of(seen.instances()) : Optional.empty();
                boolean news = complete.isEmpty() || !complete.equals(observed);
                if (news) {
                    // What it makes of an instance depends on for how long it has been seen.
                    lastChange = now();
                }
                if (news || tellsAll || !onlyNews) {
                    observed = complete;
                    lastObserved = now();
                    answer(new Message.Observed(name, seen));
                }
            }
            case Outcome.Failed<Observation>(var failure) -> {
                observed = Optional.empty();
                answer(new Message.ProviderSilent(name, failure, true));
                askAgain("observe", this::observe);
            }
        }
    }

    void readOffers() {
        var everything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        switch (provider.offers(everything)) {
            case Outcome.Done<OfferList>(OfferList offers) -> {
                Optional<List<Offer>> read = Optional.of(offers.offers());
                if (tellsAll || !offers.unreachable().isEmpty() || !read.equals(offered)) {
                    offered = read;
                    answer(new Message.OffersRead(name, offers));
                }
            }
            case Outcome.Failed<OfferList>(var failure) -> {
                answer(new Message.ProviderSilent(name, failure, false));
                askAgain("offers", this::readOffers);
            }
        }
    }

    private void answer(Message message) {
        afterCall(() -> {
            answersAwaited--;
            post.accept(message);
        });
    }

    private void askAgain(String what, Runnable again) {
        if (silent.add(what)) {
            later.accept(ASK_AGAIN, () -> {
                silent.remove(what);
                again.run();
            });
        }
    }
}
