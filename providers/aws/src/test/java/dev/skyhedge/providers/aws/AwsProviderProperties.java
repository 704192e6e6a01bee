package dev.skyhedge.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults.Fault;
import dev.skyhedge.providers.aws.fake.Rented;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/// Random histories of a client that keeps a journal as the engine does, on a cloud that loses replies, lags
/// and takes instances back, and of a process that dies at any point of a call.
class AwsProviderProperties {
    private static final int STEPS = 40;
    private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-west-2a");

    enum Step {
        LAUNCH,
        LAUNCH_ON_DEMAND,
        REPEAT,
        LOSE_REPLY,
        LOSE_CALL,
        TEAR_REPLY,
        FAIL_AFTER_EFFECT,
        CRASH,
        CRASH_AFTER_LAUNCH,
        CRASH_AFTER_TERMINATE,
        PREEMPT,
        TERMINATE,
        LAG,
        NO_LAG,
        FORGETFUL_CLOUD,
        OBSERVE,
        TIME
    }

    /// What the engine would know.
    private static final class Journal {
        /// Launches whose outcome is not recorded; what survives a crash.
        final Map<String, LaunchRequest> open = new LinkedHashMap<>();
        /// Launches that are done, and the instance of each.
        final Map<String, Instance> records = new LinkedHashMap<>();
        /// Instances whose end was decided.
        final Set<String> doomed = new HashSet<>();
        int replicas;

        LaunchRequest intent(String replica) {
            return Objects.requireNonNull(open.get(replica));
        }
    }

    @Property(tries = 80, shrinking = ShrinkingMode.BOUNDED)
    void everyInstanceHasOneRecordAndEveryRecordOneInstance(@ForAll @Size(max = STEPS) List<Step> steps) {
        try (TestAws aws = new TestAws(World.of(List.of("us-east-1", "us-west-2")))) {
            History history = new History(aws);
            steps.forEach(history::take);
            history.settle();
            history.check();
            history.client.close();
        }
    }

    private static final class History {
        final TestAws aws;
        final Journal journal = new Journal();
        final Set<String> taken = new HashSet<>();
        boolean forgetful;
        AwsProvider client;

        History(TestAws aws) {
            this.aws = aws;
            this.client = aws.client();
        }

        void take(Step step) {
            switch (step) {
                case LAUNCH -> record(decide(true));
                case LAUNCH_ON_DEMAND -> record(decide(false));
                case REPEAT -> journal.open.keySet().stream().findFirst().ifPresent(this::record);
                case LOSE_REPLY -> spoil(new Fault.ReplyLost());
                case LOSE_CALL -> spoil(new Fault.CallLost());
                case TEAR_REPLY -> spoil(new Fault.ReplyTorn());
                case FAIL_AFTER_EFFECT -> spoil(new Fault.FailedAfterEffect("InternalError", 500));
                case CRASH -> crash();
                case CRASH_AFTER_LAUNCH -> {
                    Outcome<Instance> nobodyHears = client.launch(journal.intent(decide(true)));
                    assertThat(nobodyHears).isNotNull();
                    crash();
                }
                case CRASH_AFTER_TERMINATE -> {
                    victim().ifPresent(one -> {
                        journal.doomed.add(one.id());
                        Outcome<?> nobodyHears =
                                client.terminate(one.id(), one.offer().location());
                        assertThat(nobodyHears).isNotNull();
                    });
                    crash();
                }
                case PREEMPT ->
                    victim().ifPresent(one -> {
                        if (aws.cloud.preempt(one.id(), Duration.ZERO)) {
                            taken.add(one.id());
                        }
                    });
                case TERMINATE -> victim().ifPresent(this::terminate);
                // A cloud that neither remembers tokens nor lists what it made cannot be used safely by anybody.
                case LAG -> aws.cloud.rules().lag(forgetful ? Duration.ZERO : Duration.ofSeconds(20));
                case NO_LAG -> aws.cloud.rules().lag(Duration.ZERO);
                case FORGETFUL_CLOUD -> {
                    aws.cloud.rules().lag(Duration.ZERO).forgetTokens();
                    aws.clock.advance(Duration.ofSeconds(20));
                    forgetful = true;
                }
                case OBSERVE -> assertThat(client.observe(TestAws.LINEAGE)).isNotNull();
                case TIME -> aws.clock.advance(Duration.ofSeconds(7));
            }
        }

        /// Writes the intent.
        private String decide(boolean spot) {
            String replica = "chat-" + journal.replicas++;
            String zone = ZONES.get(journal.replicas % ZONES.size());
            journal.open.put(replica, TestAws.request(replica, spot ? TestAws.spot(zone) : TestAws.onDemand(zone)));
            return replica;
        }

        /// Launches and writes the outcome, unless it is not known.
        private void record(String replica) {
            if (client.launch(journal.intent(replica)) instanceof Outcome.Done<Instance>(Instance instance)) {
                journal.open.remove(replica);
                journal.records.put(replica, instance);
            }
        }

        private void spoil(Fault fault) {
            aws.cloud.faults().next("RunInstances", fault);
            aws.cloud.faults().next("TerminateInstances", fault);
        }

        private void crash() {
            client.close();
            client = aws.client();
        }

        private Optional<Instance> victim() {
            return journal.records.values().stream()
                    .filter(one -> !journal.doomed.contains(one.id()) && !taken.contains(one.id()))
                    .findFirst();
        }

        private void terminate(Instance one) {
            journal.doomed.add(one.id());
            assertThat(client.terminate(one.id(), one.offer().location())).isNotNull();
        }

        /// What the next run does: all faults are over, open intents are settled, decided ends are made sure of.
        void settle() {
            aws.cloud.faults().clear();
            aws.cloud.rules().lag(Duration.ZERO);
            aws.clock.advance(Duration.ofSeconds(60));
            crash();
            List.copyOf(journal.open.keySet()).forEach(this::record);
            for (Instance one : List.copyOf(journal.records.values())) {
                if (journal.doomed.contains(one.id())) {
                    Outcomes.done(client.terminate(one.id(), one.offer().location()));
                }
            }
            aws.clock.advance(Duration.ofSeconds(10));
        }

        void check() {
            assertThat(journal.open).isEmpty();
            Map<String, Instance> seen = Outcomes.done(client.observe(TestAws.LINEAGE)).instances().stream()
                    .collect(Collectors.toMap(Instance::id, one -> one, (a, b) -> a, TreeMap::new));
            Map<String, Rented> rented = aws.cloud.rented().stream()
                    .collect(Collectors.toMap(Rented::id, one -> one, (a, b) -> a, TreeMap::new));

            assertThat(rented.values().stream().map(one -> one.tags().get("skyhedge-token")))
                    .as("tokens")
                    .doesNotHaveDuplicates();
            assertThat(journal.records.values().stream().map(Instance::id).collect(Collectors.toSet()))
                    .as("recorded and rented")
                    .isEqualTo(rented.keySet());
            assertThat(seen.keySet()).as("observed and rented").isEqualTo(rented.keySet());
            seen.forEach((id, one) -> checkEnd(one, Objects.requireNonNull(rented.get(id))));
        }

        private void checkEnd(Instance seen, Rented rented) {
            assertThat(seen.launchedAt()).isEqualTo(rented.launchedAt());
            boolean ended = journal.doomed.contains(seen.id()) || taken.contains(seen.id());
            assertThat(seen.isLive()).as("%s live", seen.id()).isEqualTo(!ended);
            seen.end().ifPresent(end -> {
                assertThat(end.cause()).isEqualTo(taken.contains(seen.id()) ? EndCause.PREEMPTED : EndCause.TERMINATED);
                if (end.cause() == EndCause.TERMINATED) {
                    assertThat(Duration.between(end.at(), rented.endedAt().orElseThrow()))
                            .as("time billed")
                            .isLessThan(Duration.ofSeconds(1));
                }
                assertThat(rented.requestState()).isNotEqualTo("active");
            });
        }
    }
}
