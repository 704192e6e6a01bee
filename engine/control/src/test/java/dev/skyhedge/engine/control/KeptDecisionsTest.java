package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.decision.DecisionJson;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.reconcile.Settle;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.RecordedDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a controller keeps of its decisions.
class KeptDecisionsTest extends ControllerFixture {
    private static final Spec SPEC = Declared.all(CHAT.wants(2));

    private List<RecordedDecision> kept() {
        return store.decisions(Long.MAX_VALUE, 100);
    }

    @Test
    void everyLaunchHasItsDecisionUnderTheSerialThatItLedTo() throws Exception {
        run(SPEC, new Settle());

        assertThat(store.read().replicas()).hasSize(2).allSatisfy(replica -> {
            RecordedDecision decision = kept().stream()
                    .filter(one -> DecisionJson.read(one.text()).actions().stream()
                            .anyMatch(action -> action instanceof Action.Launch launch
                                    && launch.replica().equals(replica.name())))
                    .findFirst()
                    .orElseThrow();
            assertThat(store.readAt(decision.serial()).replicas())
                    .extracting("key")
                    .contains(replica.key());
            assertThat(store.readAt(decision.serial() - 1).replicas())
                    .extracting("key")
                    .doesNotContain(replica.key());
        });
        assertThat(kept()).extracting(one -> DecisionJson.read(one.text())).allMatch(Decision::isDerivedAgain);
    }

    @Test
    void whatChangesNothingKeepsNothing() throws Exception {
        run(SPEC, new Settle());
        List<RecordedDecision> before = kept();

        run(SPEC, new Settle());

        assertThat(before).isNotEmpty();
        assertThat(kept()).isEqualTo(before);
    }
}
