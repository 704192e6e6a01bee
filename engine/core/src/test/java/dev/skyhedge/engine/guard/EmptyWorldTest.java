package dev.skyhedge.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmptyWorldTest {
    private static final Spec CHAT = Declared.all(Declared.service("chat"));
    private static final Snapshot NEW = Snapshot.of("ours", 0, List.of(), List.of());

    private static Instance instance(String lineage, String service, int ordinal) {
        return new Instance(
                "i-" + ordinal,
                new Offer(
                        "small",
                        Accelerator.parse("CPU:1"),
                        Location.parse("sim/east/east-a"),
                        Market.SPOT,
                        HourlyPrice.ofUsd("0.3")),
                new InstanceTags(lineage, service, service + "-" + ordinal, 1, new IdempotencyToken("t" + ordinal)),
                InstanceState.RUNNING,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty());
    }

    private static Optional<Diagnostic> objection(Snapshot state, Instance... running) {
        return EmptyWorld.ofState(CHAT, state, "sim", new Observation(List.of(running), List.of(), Instant.EPOCH));
    }

    @Test
    void aNewStateIsSuspiciousBesideReplicasOfAnotherOne() {
        assertThat(objection(NEW, instance("lost", "chat", 1)))
                .hasValueSatisfying(objection -> assertThat(objection.detail())
                        .contains("chat-1 in sim/east/east-a (i-1)", "skyhedge state adopt lost"));
    }

    @Test
    void countsWhatItDoesNotName() {
        Instance[] seven = IntStream.rangeClosed(1, 7)
                .mapToObj(ordinal -> instance("lost", "chat", ordinal))
                .toArray(Instance[]::new);

        assertThat(objection(NEW, seven))
                .hasValueSatisfying(
                        objection -> assertThat(objection.detail()).contains("(i-5), 2 more for another state"));
    }

    @Test
    void anEmptyCloudOrOneWithOtherServicesIsNotSuspicious() {
        assertThat(objection(NEW)).isEmpty();
        assertThat(objection(NEW, instance("lost", "embed", 1), instance("ours", "chat", 1)))
                .isEmpty();
    }

    @Test
    void aStateThatIsInUseIsNotSuspicious() {
        assertThat(objection(Snapshot.of("ours", 1, List.of(), List.of()), instance("other", "chat", 1)))
                .isEmpty();
    }

    @Test
    void aSpecThatDeclaresNothingIsSuspiciousBesideServices() {
        Diagnostic objection = EmptyWorld.ofSpec(List.of(Source.of("chat.hcl", "")), List.of("chat", "embed"));

        assertThat(objection.isError()).isTrue();
        assertThat(objection.detail())
                .startsWith("chat.hcl declares nothing to run, while the state has chat, embed. A file may be cut off");
    }
}
