package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.RecordedDecision;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every [StateStore] promises about decisions that are kept.
interface DecisionsContract extends StoreUnderTest {
    private long decide(int day, String text) {
        return commit(
                Samples.put("chat", 1, day + 1, Lifecycle.READY),
                new Change.KeepDecision(Samples.T0.plusSeconds(86_400L * day).plusNanos(7_654_321), text));
    }

    @Test
    default void readsDecisionsBackNewestFirst() {
        long first = decide(0, "{\"one\":1}");
        commit(Samples.put("chat", 2, 1, Lifecycle.READY));
        long second = decide(0, "two \u00e4\u20ac");

        assertThat(store().decisions(Long.MAX_VALUE, 10))
                .containsExactly(
                        new RecordedDecision(second, Samples.T0.plusMillis(7), "two \u00e4\u20ac"),
                        new RecordedDecision(first, Samples.T0.plusMillis(7), "{\"one\":1}"));
        assertThat(store().decisions(second, 10))
                .extracting(RecordedDecision::serial)
                .containsExactly(first);
        assertThat(store().decisions(Long.MAX_VALUE, 1))
                .extracting(RecordedDecision::serial)
                .containsExactly(second);
    }

    @Test
    default void keepsADecisionThatIsLongerThanAColumn() {
        String text = new Random(1)
                .ints(3_000_000, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        decide(0, text);

        assertThat(store().decisions(Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(decision -> assertThat(decision.text().equals(text)).isTrue());
    }

    @Test
    default void keepsNoDecisionThatChangedNeitherAServiceNorAReplica() {
        long serial = decide(0, "kept");

        commit(
                new Change.PutAccount(Samples.account("aws", "4711")),
                new Change.KeepDecision(Samples.T0, "changed nothing"));

        assertThat(store().decisions(Long.MAX_VALUE, 10))
                .containsExactly(new RecordedDecision(serial, Samples.T0.plusMillis(7), "kept"));
    }

    @Test
    default void dropsDecisionsAfterThirtyDays() {
        decide(0, "old");
        long second = decide(10, "younger");
        long third = decide(35, "now");

        assertThat(store().decisions(Long.MAX_VALUE, 10))
                .extracting(RecordedDecision::serial)
                .containsExactly(third, second);
    }
}
