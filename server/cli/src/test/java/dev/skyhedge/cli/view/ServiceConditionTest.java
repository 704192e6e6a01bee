package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.status.ServiceCondition;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a service does.
class ServiceConditionTest {
    private static ReplicaRecord replica(int ordinal, Lifecycle lifecycle) {
        return Samples.replica("chat", ordinal, lifecycle, Samples.OREGON, "");
    }

    private static ReplicaRecord failing(int ordinal) {
        return replica(ordinal, Lifecycle.READY).judged(new Health(false, Samples.T0, "GET / answered 500"));
    }

    private static ServiceCondition of(ReplicaRecord... replicas) {
        return ServiceCondition.of(2, List.of(replicas));
    }

    @Test
    void isReadyWithAsManyAsWanted() {
        assertThat(of(replica(1, Lifecycle.READY), replica(2, Lifecycle.READY))).isEqualTo(ServiceCondition.READY);
    }

    @Test
    void isDegradedWithFewer() {
        assertThat(of(replica(1, Lifecycle.READY), replica(2, Lifecycle.STARTING)))
                .isEqualTo(ServiceCondition.DEGRADED);
    }

    @Test
    void isDegradedAndNotStartingWhenAllThatServedFail() {
        assertThat(of(failing(1), failing(2))).isEqualTo(ServiceCondition.DEGRADED);
        assertThat(of(failing(1), replica(2, Lifecycle.STARTING))).isEqualTo(ServiceCondition.DEGRADED);
    }

    @Test
    void startsWhileNoneHasServed() {
        assertThat(of(replica(1, Lifecycle.STARTING), replica(2, Lifecycle.REQUESTED)))
                .isEqualTo(ServiceCondition.STARTING);
    }

    @Test
    void hasFailedWhenReplicasFailAgainAndAgain() {
        ReplicaRecord hopeless =
                replica(1, Lifecycle.STARTING).failing().failing().failing();

        assertThat(of(hopeless)).isEqualTo(ServiceCondition.FAILED);
    }
}
