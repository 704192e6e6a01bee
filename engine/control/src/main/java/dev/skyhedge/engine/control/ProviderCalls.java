package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Effect;
import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Message.LaunchEnded;
import dev.skyhedge.engine.reconcile.Message.TerminateEnded;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.store.Failpoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls one provider on virtual threads, within its limits, and posts what comes of it.
final class ProviderCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderCalls.class);
    private static final Failure NOT_OURS =
            new Failure.OutcomeUnknown("not called, as the lease may be somebody else's by now");
    /// Questions in flight, those included that were given up.
    private static final int MAX_QUESTIONS = 16;
    /// Logs that are read at a time, of however many tasks: no other question waits for them.
    private static final int MAX_LISTENING = 8;
    /// A log that has not had its turn then is asked for again.
    private static final long TURN_SECONDS = 20;
    private static final int LOG_TAIL_BYTES = 2048;

    private final String name;
    private final Provider provider;
    private final String lineage;
    private final Optional<NoticeAuthority> notices;
    private final ExecutorService executor;
    private final Consumer<Message> post;
    private final BooleanSupplier mayAct;
    private final Semaphore permits;
    private final Semaphore questions = new Semaphore(MAX_QUESTIONS);
    /// Whoever asked first is first.
    private final Semaphore listening = new Semaphore(MAX_LISTENING, true);
    private final AtomicInteger observing = new AtomicInteger();
    private final Subscription subscription;

    ProviderCalls(
            String name,
            Provider provider,
            String lineage,
            Optional<NoticeAuthority> notices,
            ExecutorService executor,
            Consumer<Message> post,
            BooleanSupplier mayAct) {
        this.mayAct = mayAct;
        this.name = name;
        this.provider = provider;
        this.lineage = lineage;
        this.notices = notices;
        this.executor = executor;
        this.post = post;
        this.permits = new Semaphore(provider.limits().parallelCalls());
        this.subscription = provider.events(lineage, event -> post.accept(new Message.Happened(name, event)));
    }

    void launch(Intent intent, Outcome<Workload> workload, OptionalInt diskGb, Optional<MachineShape> least) {
        switch (workload) {
            case Outcome.Failed<Workload>(Failure failure) ->
                post.accept(new LaunchEnded(intent.id(), Outcome.failed(failure)));
            case Outcome.Done<Workload>(Workload ready) -> {
                var tags = new InstanceTags(
                        lineage,
                        intent.service(),
                        intent.machine().name(),
                        intent.machine().generation(),
                        intent.token());
                var request = new LaunchRequest(
                        intent.offer(),
                        tags,
                        ready,
                        diskGb,
                        least,
                        notices.flatMap(authority -> authority.address(name, intent.token())));
                limited(() -> launch(request), outcome -> post.accept(new LaunchEnded(intent.id(), outcome)));
            }
        }
    }

    private Outcome<Instance> launch(LaunchRequest request) {
        Failpoint.reached("launch.before");
        Outcome<Instance> outcome = provider.launch(request);
        Failpoint.reached("launch.after");
        return outcome;
    }

    void terminate(Intent intent) {
        limited(
                () -> {
                    Failpoint.reached("terminate.before");
                    Outcome<?> outcome = provider.terminate(
                            intent.instanceId().orElseThrow(), intent.offer().location());
                    Failpoint.reached("terminate.after");
                    return outcome.map(done -> (Object) done);
                },
                outcome -> post.accept(new TerminateEnded(intent.id(), outcome)));
    }

    /// Asks what is there. Requests that come while one is being answered are answered together by the next one.
    void observe(Consumer<Failure> whenFailed) {
        if (observing.getAndIncrement() == 0) {
            start(() -> observeUntilQuiet(whenFailed));
        }
    }

    private void observeUntilQuiet(Consumer<Failure> whenFailed) {
        int served;
        do {
            served = observing.get();
            switch (asked(() -> provider.observe(lineage))) {
                case Outcome.Done<Observation>(Observation observation) ->
                    post.accept(new Message.Observed(name, observation));
                case Outcome.Failed<Observation>(Failure failure) -> {
                    // Whoever listens tells people; it is asked again every few seconds.
                    LOG.debug("{} could not be observed: {}", name, failure.message());
                    whenFailed.accept(failure);
                }
            }
        } while (observing.addAndGet(-served) > 0);
    }

    void readOffers(OfferQuery query, Consumer<Outcome<OfferList>> then) {
        start(() -> then.accept(asked(() -> provider.offers(query))));
    }

    /// Without an answer plans are made as if there were no quotas: the cloud refuses what exceeds them.
    void readQuotas(Consumer<List<AccountQuota>> then) {
        start(() -> then.accept(
                switch (asked(provider::quotas)) {
                    case Outcome.Done<List<AccountQuota>>(List<AccountQuota> quotas) -> quotas;
                    case Outcome.Failed<List<AccountQuota>>(Failure failure) -> {
                        LOG.warn("The quotas of {} could not be read: {}", name, failure.message());
                        yield List.of();
                    }
                }));
    }

    void readLog(Effect.ReadLog effect) {
        start(() -> {
            Outcome<LogPage> page =
                    asked(() -> provider.logs(effect.instanceId(), effect.location(), -LOG_TAIL_BYTES, LOG_TAIL_BYTES));
            String lastLines = page instanceof Outcome.Done<LogPage>(LogPage log) ? LogTail.lastLines(log.text()) : "";
            post.accept(new Message.LogRead(effect.replica(), lastLines));
        });
    }

    void listen(Effect.Listen effect) {
        start(() -> {
            Outcome<LogPage> page = inTurn(() ->
                    provider.logs(effect.instanceId(), effect.location(), effect.offset(), Effect.Listen.MOST_BYTES));
            post.accept(new Message.Heard(
                    effect.replica(),
                    effect.offset(),
                    page instanceof Outcome.Done<LogPage>(LogPage log) ? Optional.of(log) : Optional.empty()));
        });
    }

    private <T> void limited(Supplier<Outcome<T>> call, Consumer<Outcome<T>> then) {
        start(() -> {
            permits.acquireUninterruptibly();
            then.accept(withTimeout(call));
        });
    }

    /// A call that does not answer in time has an unknown outcome; an answer that comes later is found by
    /// observing.
    private <T> Outcome<T> withTimeout(Supplier<Outcome<T>> call) {
        var answer = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return mayAct.getAsBoolean() ? Questions.guarded(name, call) : Outcome.<T>failed(NOT_OURS);
                    } finally {
                        // Not before: a call that nobody waits for any more is still in flight.
                        permits.release();
                    }
                },
                executor);
        try {
            return answer.get(provider.limits().callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Outcome.failed(Questions.unanswered(name, provider.limits().callTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.OutcomeUnknown("interrupted"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("A guarded call does not throw", e);
        }
    }

    /// A question that is not answered in time has failed: what is to be decided does not wait for one cloud. The
    /// calls that nobody waits for any more are bounded.
    private <T> Outcome<T> asked(Supplier<Outcome<T>> question) {
        return questions.tryAcquire() ? answered(question, questions) : busy();
    }

    /// The same for questions that may wait for each other.
    private <T> Outcome<T> inTurn(Supplier<Outcome<T>> question) {
        try {
            return listening.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS) ? answered(question, listening) : busy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.OutcomeUnknown("interrupted"));
        }
    }

    private <T> Outcome<T> busy() {
        return Outcome.failed(new Failure.OutcomeUnknown(name + " has not answered earlier questions"));
    }

    private <T> Outcome<T> answered(Supplier<Outcome<T>> question, Semaphore permit) {
        var answer = new CompletableFuture<Outcome<T>>();
        start(() -> {
            try {
                answer.complete(Questions.guarded(name, question));
            } finally {
                permit.release();
            }
        });
        return Questions.within(name, provider.limits().callTimeout(), answer).join();
    }

    private void start(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Not started, as the controller is ending", e);
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
