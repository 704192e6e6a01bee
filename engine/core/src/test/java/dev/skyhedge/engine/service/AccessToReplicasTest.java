package dev.skyhedge.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each replica is got into as it was launched, whatever is declared by now.
class AccessToReplicasTest {
    private static final AccessSpec KEYED =
            new AccessSpec(Optional.of("MODEL_KEY"), Optional.empty(), AccessSpec.DEFAULT_HEADER, false, false);
    private static final AccessSpec KEYED_OTHERWISE =
            new AccessSpec(Optional.of("MODEL_KEY"), Optional.empty(), "X-Api-Key", false, false);
    private static final Declared OPEN = Declared.service("chat");

    private static AccessSpec access(Declared declared, Declared launchedAs, WorkloadRecord recorded) {
        ReplicaRecord replica = Worlds.replica(launchedAs, 1, Lifecycle.READY, Worlds.EAST_A);
        return new ServiceUpkeep(Declarations.of(Declared.all(declared)))
                .access(replica, Optional.of(recorded))
                .orElseThrow();
    }

    private static WorkloadRecord editedTo(Declared edit, Declared stable) {
        WorkloadRecord before = Worlds.recorded(stable.spec());
        var now = new WorkloadRecord.Edit(
                SpecJson.of(edit.spec()), SpecJson.version(edit.spec().replica()), Worlds.NOW);
        return new WorkloadRecord(
                before.name(),
                before.address(),
                before.kind(),
                now,
                before.wanted(),
                before.scaling(),
                before.failedVersion(),
                before.stable(),
                before.protect(),
                before.createdAt(),
                "");
    }

    @Test
    void aReplicaOfTheDeclaredEditAsItIsDeclared() {
        assertThat(access(OPEN.with(KEYED), OPEN.with(KEYED), Worlds.recorded(OPEN.spec())))
                .isEqualTo(KEYED);
    }

    @Test
    void oneFromBeforeTheKeyWithoutIt() {
        assertThat(access(OPEN.with(KEYED), OPEN, editedTo(OPEN.with(KEYED), OPEN)))
                .isEqualTo(AccessSpec.OPEN);
    }

    @Test
    void oneWithAKeyStillWithItWhenTheKeyIsTakenOutOfTheSpec() {
        assertThat(access(OPEN, OPEN.with(KEYED), editedTo(OPEN, OPEN.with(KEYED))))
                .isEqualTo(KEYED);
    }

    @Test
    void oneOfAnUnfinishedEditAsThatIsRecordedWhileTheNextIsOnlyDeclared() {
        assertThat(access(OPEN.with(KEYED_OTHERWISE), OPEN.with(KEYED), editedTo(OPEN.with(KEYED), OPEN)))
                .isEqualTo(KEYED);
    }

    @Test
    void oneOfAServiceThatIsNotDeclaredAnyMoreAsItIsRecorded() {
        ReplicaRecord replica = Worlds.replica(OPEN.with(KEYED), 1, Lifecycle.DRAINING, Worlds.EAST_A);

        assertThat(new ServiceUpkeep(Declarations.of(Declared.all()))
                        .access(
                                replica,
                                Optional.of(Worlds.recorded(OPEN.with(KEYED).spec()))))
                .contains(KEYED);
    }

    @Test
    void aWayInIsPartOfTheVersionAndNoneIsAsItAlwaysWas() {
        assertThat(SpecJson.version(OPEN.with(KEYED).spec().replica()))
                .isNotEqualTo(SpecJson.version(OPEN.spec().replica()));
        assertThat(SpecJson.of(OPEN.spec())).doesNotContain("access");
        AccessSpec accepted =
                new AccessSpec(Optional.empty(), Optional.empty(), AccessSpec.DEFAULT_HEADER, false, true);
        assertThat(SpecJson.of(OPEN.with(accepted).spec())).isEqualTo(SpecJson.of(OPEN.spec()));
    }
}
