package dev.skyhedge.engine.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.SpecSuccession.Decision;
import dev.skyhedge.engine.declared.SpecSuccession.Files;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpecSuccessionTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Declared CHAT = Declared.service("chat");
    private static final Declared EMBED = Declared.service("embed");
    private static final Set<String> NOBODY = Set.of();

    private static Snapshot state(Optional<SpecInForce> inForce, Declared... recorded) {
        List<WorkloadRecord> services =
                Stream.of(recorded).map(one -> Worlds.recorded(one.spec())).toList();
        return new Snapshot(
                "lineage",
                7,
                services,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                inForce,
                List.of());
    }

    private static Optional<SpecInForce> inForce(String digest, String... removing) {
        return Optional.of(new SpecInForce(digest, "", "web.hcl", THEN, List.of(removing)));
    }

    private static Files files(Spec spec, String digest, Instant changedAt) {
        return new Files(spec, digest, changedAt, Duration.ofSeconds(1), 2);
    }

    private static Decision start(Snapshot state, Files files, String... confirmed) {
        return SpecSuccession.atStart(files, state, Set.of(confirmed));
    }

    @Test
    void anythingIsFollowedWhereNothingIsRecorded() {
        assertThat(start(state(Optional.empty()), files(Declared.all(CHAT), "a", THEN)))
                .isEqualTo(new Decision.Follow(Set.of(), List.of()));
        assertThat(start(state(inForce("b")), files(Declared.all(CHAT), "a", THEN.minusSeconds(9))))
                .isEqualTo(new Decision.Follow(Set.of(), List.of()));
    }

    @Test
    void anotherSpecBesideARecordedServiceKeepsIt() {
        Decision decision = start(state(inForce("a"), CHAT), files(Declared.all(EMBED), "b", THEN.minusSeconds(60)));

        assertThat(decision).isEqualTo(new Decision.Follow(Set.of(), List.of("chat")));
    }

    @Test
    void aServiceGoesAtTheStartIfAPersonSaysSo() {
        Decision decision =
                start(state(inForce("a"), CHAT), files(Declared.all(EMBED), "b", THEN.plusSeconds(60)), "chat");

        assertThat(decision).isEqualTo(new Decision.Follow(Set.of("chat"), List.of()));
    }

    @Test
    void aRemovedBlockIsNoReasonToKeep() {
        Spec spec = Declared.all(EMBED);
        var removed = new Removed(WorkloadAddress.parse("service.chat").orElseThrow(), true);
        spec = new Spec(
                spec.providers(),
                spec.workloads(),
                List.of(),
                List.of(),
                List.of(),
                List.of(removed),
                List.of(),
                Optional.empty());

        assertThat(start(state(inForce("a"), CHAT), files(spec, "b", THEN.plusSeconds(1))))
                .isEqualTo(new Decision.Follow(Set.of(), List.of()));
    }

    @Test
    void filesThatAreOlderThanWhatIsInForceAreNoOrder() {
        Files old = files(Declared.all(CHAT.wants(5)), "old", THEN.minusSeconds(1));

        assertThat(start(state(inForce("new"), CHAT), old))
                .isEqualTo(new Decision.Older(inForce("new").orElseThrow()));
    }

    @Test
    void filesThatChangedSinceAreAnOrder() {
        Files edited = files(Declared.all(CHAT.wants(5)), "edited", THEN.plusSeconds(1));

        assertThat(start(state(inForce("new"), CHAT), edited)).isEqualTo(new Decision.Follow(Set.of(), List.of()));
    }

    @Test
    void olderFilesThatSayWhatIsRecordedAreFollowed() {
        Files other = files(Declared.all(CHAT), "other", THEN.minusSeconds(1));

        assertThat(start(state(inForce("new"), CHAT), other)).isEqualTo(new Decision.Follow(Set.of(), List.of()));
    }

    @Test
    void aStateThatKnowsNoSpecInForceFollowsTheFilesAndKeepsTheRest() {
        Files files = files(Declared.all(CHAT.wants(5)), "a", THEN);

        assertThat(start(state(Optional.empty(), CHAT, EMBED), files))
                .isEqualTo(new Decision.Follow(Set.of(), List.of("embed")));
    }

    @Test
    void anAgreedEndThatWasCutShortGoesOnWithTheSameFiles() {
        Files same = files(Declared.all(CHAT), "a", THEN.minusSeconds(60));

        assertThat(start(state(inForce("a", "embed"), CHAT, EMBED), same))
                .isEqualTo(new Decision.Follow(Set.of("embed"), List.of()));
        assertThat(start(state(inForce("b", "embed"), CHAT, EMBED), files(Declared.all(CHAT.wants(3)), "a", THEN)))
                .isInstanceOf(Decision.Older.class);
    }

    @Test
    void filesThatDeclareNothingNeverEndWhatIsRecorded() {
        Files empty = files(Declared.all(), "empty", THEN.plusSeconds(60));

        assertThat(start(state(inForce("a"), CHAT), empty)).isEqualTo(new Decision.Empty(List.of("chat")));
        assertThat(SpecSuccession.afterChange(
                        new Files(Declared.all(), "empty", THEN, Duration.ofHours(1), 99),
                        Set.of("chat"),
                        state(inForce("a"), CHAT),
                        NOBODY))
                .isEqualTo(new Decision.Empty(List.of("chat")));
        assertThat(start(state(inForce("a"), CHAT), empty, "chat"))
                .isEqualTo(new Decision.Follow(Set.of("chat"), List.of()));
    }

    private static Decision change(int looks, int seconds, String... confirmed) {
        Files files = new Files(Declared.all(CHAT), "b", THEN, Duration.ofSeconds(seconds), looks);
        return SpecSuccession.afterChange(
                files, Set.of("chat", "embed"), state(inForce("a"), CHAT, EMBED), Set.of(confirmed));
    }

    @Test
    void aBlockThatIsGoneWaitsUntilTheFilesHaveStayedTheSame() {
        assertThat(change(9, 1)).isEqualTo(new Decision.Wait(List.of("embed"), Duration.ofSeconds(9)));
        assertThat(change(9, 9)).isEqualTo(new Decision.Wait(List.of("embed"), Duration.ofSeconds(1)));
        assertThat(change(9, 10)).isEqualTo(new Decision.Follow(Set.of("embed"), List.of()));
    }

    @Test
    void timeAloneIsNotEnoughIfNobodyLookedMeanwhile() {
        assertThat(change(1, 3600)).isInstanceOf(Decision.Wait.class);
        assertThat(change(3, 3600)).isEqualTo(new Decision.Follow(Set.of("embed"), List.of()));
    }

    @Test
    void aPersonNeedNotWait() {
        assertThat(change(1, 0, "embed")).isEqualTo(new Decision.Follow(Set.of("embed"), List.of()));
    }

    @Test
    void whatTheseFilesNeverDeclaredStaysHoweverLongTheyStayTheSame() {
        Files files = new Files(Declared.all(CHAT), "b", THEN, Duration.ofHours(1), 99);

        assertThat(SpecSuccession.afterChange(files, Set.of("chat"), state(inForce("a"), CHAT, EMBED), NOBODY))
                .isEqualTo(new Decision.Follow(Set.of(), List.of("embed")));
    }

    @Test
    void aChangeThatEndsNothingIsFollowedAtOnce() {
        Files files = new Files(Declared.all(CHAT.wants(4), EMBED), "b", THEN, Duration.ZERO, 1);

        assertThat(SpecSuccession.afterChange(files, Set.of("chat", "embed"), state(inForce("a"), CHAT, EMBED), NOBODY))
                .isEqualTo(new Decision.Follow(Set.of(), List.of()));
    }
}
