package dev.skyhedge.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.AgreedRemovals;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.crossread.CrossReading;
import dev.skyhedge.specs.crossread.RemovalCheck;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.state.records.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The state has `chat` and `embed`.
class RemovalGuardTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final Declared EMBED = Declared.service("embed");
    private static final Snapshot STATE =
            Snapshot.of("l1", 5, List.of(Worlds.recorded(CHAT.spec()), Worlds.recorded(EMBED.spec())), List.of());
    private static final Spec CHAT_ALONE = Declared.all(CHAT);
    private static final CrossReading AGREED = new CrossReading.Agreed();

    private final List<String> asked = new ArrayList<>();

    private List<String> objections(Spec spec, PlanOptions options, Set<String> confirmed, RemovalCheck check) {
        return RemovalGuard.objections(
                        spec, List.of(Source.of("chat.hcl", "")), STATE, options, confirmed, (_, gone) -> {
                            asked.addAll(gone);
                            return check;
                        })
                .stream()
                .map(Diagnostic::summary)
                .toList();
    }

    private List<String> objections(Spec spec, PlanOptions options, String... confirmed) {
        return objections(spec, options, Set.of(confirmed), new RemovalCheck(AGREED, List.of()));
    }

    @Test
    void aServiceGoesIfBothReadersAgreeThatItIsGone() {
        assertThat(objections(CHAT_ALONE, PlanOptions.DEFAULT)).isEmpty();
        assertThat(asked).containsExactly("embed");
    }

    @Test
    void aServiceStaysThatTheSecondReaderCannotLookFor() {
        var unread = new RemovalCheck(new CrossReading.NotRead("chat.hcl took too long."), List.of());

        assertThat(objections(CHAT_ALONE, PlanOptions.DEFAULT, Set.of(), unread))
                .containsExactly("The spec could not be read a second time", "The removal of embed is not certain");
    }

    @Test
    void aServiceStaysThatIsStillMentioned() {
        var mentioned = new RemovalCheck(AGREED, List.of(Diagnostic.error("A mention", "embed")));

        assertThat(objections(CHAT_ALONE, PlanOptions.DEFAULT, Set.of(), mentioned))
                .containsExactly("A mention", "The removal of embed is not certain");
    }

    @Test
    void nobodyIsAskedAboutWhatIsConfirmedOrNotAgreedToOrBesideTheTargets() {
        assertThat(objections(CHAT_ALONE, PlanOptions.DEFAULT, "embed")).isEmpty();
        assertThat(objections(CHAT_ALONE, PlanOptions.DEFAULT.agreeing(AgreedRemovals.NONE)))
                .isEmpty();
        assertThat(objections(CHAT_ALONE, new PlanOptions(Set.of("chat"), Set.of(), false)))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aSpecWithoutServicesEndsNothing() {
        assertThat(objections(Declared.all(), PlanOptions.DEFAULT)).containsExactly("The spec declares no service");
        assertThat(objections(Declared.all(), PlanOptions.DEFAULT, "chat", "embed"))
                .isEmpty();
        assertThat(objections(Declared.all(), new PlanOptions(Set.of(), Set.of(), true)))
                .isEmpty();
    }
}
