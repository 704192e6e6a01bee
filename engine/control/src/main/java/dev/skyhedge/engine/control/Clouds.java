package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Message.OffersRead;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.state.records.ReplicaKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// All open providers: keeps what is known of them fresh and starts calls. Owned by the controller's loop.
final class Clouds implements AutoCloseable {
    private static final Duration OBSERVE_ANYWAY = Duration.ofSeconds(60);
    private static final Duration READ_OFFERS = Duration.ofSeconds(30);
    private static final Duration READ_QUOTAS = Duration.ofMinutes(5);
    private static final String OBSERVE = "observe";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    /// Permissions do not come back by themselves, and each question is a call for each region.
    private static final Duration ASK_AGAIN_IF_DENIED = Duration.ofSeconds(30);

    /// Longer than this nobody waits to be told why a replica failed.
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(5);

    private final ControllerSettings settings;
    private final String lineage;
    private final ExecutorService executor;
    private final Consumer<Message> post;
    private final ControllerListener listener;
    private final BooleanSupplier mayAct;
    private final Secrets secrets;
    private final Map<String, ProviderCalls> calls = new HashMap<>();
    private final FirstLooks looks;
    private final Set<String> askedAgain = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("provider-timers").factory());
    private final Map<ReplicaKey, Instant> logsAsked = new HashMap<>();
    private volatile Spec spec;

    /// @param mayAct whether this process may still change anything
    Clouds(
            ControllerSettings settings,
            String lineage,
            ExecutorService executor,
            Consumer<Message> post,
            ControllerListener listener,
            BooleanSupplier mayAct) {
        this.mayAct = mayAct;
        this.settings = settings;
        this.lineage = lineage;
        this.executor = executor;
        this.post = post;
        this.listener = listener;
        this.secrets = new Secrets(settings.environment());
        this.spec = settings.spec();
        this.looks = new FirstLooks(settings.providers().keySet(), System.nanoTime());
    }

    /// Asks every provider for everything, and goes on doing so.
    void start() {
        settings.providers()
                .forEach((name, provider) -> calls.put(
                        name, new ProviderCalls(name, provider, lineage, settings.notices(), executor, post, mayAct)));
        for (String name : calls.keySet()) {
            observe(name);
            readOffers(name);
            every(OBSERVE_ANYWAY, () -> observe(name));
            every(READ_OFFERS, () -> readOffers(name));
            readQuotas(name);
            every(READ_QUOTAS, () -> readQuotas(name));
        }
    }

    /// What they have said so far.
    FirstLooks looks() {
        return looks;
    }

    void note(Message message) {
        switch (message) {
            case Message.Observed observed -> looks.observed(observed.provider());
            case OffersRead read -> looks.offered(read.provider());
            case Message.QuotasRead read -> looks.allowed(read.provider());
            case Message.ProviderSilent silent -> looks.silent(silent.provider());
            case Message.LogRead read -> logsAsked.remove(read.replica());
            case Message.SpecGiven(Spec given) -> {
                spec = given;
                calls.keySet().forEach(this::readOffers);
            }
            case Message.Happened _,
                    Message.LaunchEnded _,
                    Message.TerminateEnded _,
                    Message.Heard _,
                    Message.Probed _,
                    Message.SignalsRead _,
                    Message.Woken _,
                    Message.Unreachable _,
                    Message.Ejected _,
                    Message.Drained _,
                    Message.ChecksRead _,
                    Message.OrdersRead _,
                    Message.OrderRefused _,
                    Message.ChangeWaits _,
                    Message.Noticed _,
                    Message.TimeLost _,
                    Message.Tick _ -> {}
        }
    }

    void start(Effect.CloudCall call) {
        switch (call) {
            case Effect.Launch launch ->
                callsTo(launch.intent().offer().location().cloud())
                        .launch(
                                launch.intent(),
                                workload(launch),
                                launch.replica().diskGb(),
                                spec.service(launch.intent().service())
                                        .flatMap(service -> service.resources().least()));
            case Effect.Terminate(var intent) ->
                callsTo(intent.offer().location().cloud()).terminate(intent);
            case Effect.Observe(String provider) -> observe(provider);
            case Effect.ReadLog readLog -> {
                logsAsked.put(readLog.replica(), settings.clock().instant());
                callsTo(readLog.location().cloud()).readLog(readLog);
            }
            case Effect.Listen listen -> callsTo(listen.location().cloud()).listen(listen);
        }
    }

    private Outcome<Workload> workload(Effect.Launch launch) {
        return switch (secrets.resolve(launch.replica())) {
            case Outcome.Done<Workload>(Workload ready) ->
                settings.keys()
                        .into(ready, launch.replica().access(), launch.intent().token());
            case Outcome.Failed<Workload> failed -> failed;
        };
    }

    /// Whether the last words of a failed replica may still arrive.
    boolean awaitsLogs(Instant now) {
        return logsAsked.values().stream().anyMatch(asked -> now.isBefore(asked.plus(LOG_PATIENCE)));
    }

    private void observe(String name) {
        callsTo(name).observe(failure -> silent(name, failure, OBSERVE, () -> observe(name)));
    }

    private void readOffers(String name) {
        callsTo(name).readOffers(Offers.permittedBy(spec), outcome -> {
            switch (outcome) {
                case Outcome.Done<OfferList>(OfferList offers) -> post.accept(new OffersRead(name, offers));
                case Outcome.Failed<OfferList>(Failure failure) ->
                    silent(name, failure, "offers", () -> readOffers(name));
            }
        });
    }

    private void readQuotas(String name) {
        callsTo(name)
                .readQuotas(quotas -> post.accept(
                        new Message.QuotasRead(name, quotas, settings.clock().instant())));
    }

    private void silent(String name, Failure failure, String question, Runnable again) {
        listener.providerFailed(name, failure);
        post.accept(new Message.ProviderSilent(name, failure, question.equals(OBSERVE)));
        // One timer a question: a provider that is asked for several reasons must not be asked ever more often.
        if (!timers.isShutdown() && askedAgain.add(name + " " + question)) {
            timers.schedule(
                    () -> {
                        askedAgain.remove(name + " " + question);
                        again.run();
                    },
                    again(failure).toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /// How long after this failure to ask the same again.
    static Duration again(Failure failure) {
        return failure instanceof Failure.Denied ? ASK_AGAIN_IF_DENIED : ASK_AGAIN;
    }

    private ProviderCalls callsTo(String name) {
        ProviderCalls found = calls.get(name);
        if (found == null) {
            throw new IllegalArgumentException("Not an open provider: " + name);
        }
        return found;
    }

    private void every(Duration period, Runnable task) {
        timers.scheduleAtFixedRate(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timers.shutdownNow();
        calls.values().forEach(ProviderCalls::close);
    }
}
