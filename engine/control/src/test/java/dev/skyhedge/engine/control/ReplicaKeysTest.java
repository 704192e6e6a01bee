package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.EnvValue.SecretReference;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaKeysTest {
    private static final IdempotencyToken FIRST = new IdempotencyToken("sfirst");
    private static final IdempotencyToken SECOND = new IdempotencyToken("ssecond");
    private static final AccessSpec MADE =
            new AccessSpec(Optional.of("VLLM_API_KEY"), Optional.empty(), AccessSpec.DEFAULT_HEADER, false, false);
    private static final AccessSpec GIVEN = new AccessSpec(
            Optional.of("API_KEY"), Optional.of(new SecretReference("env:CHAT_KEY")), "X-Api-Key", false, false);

    private static ReplicaKeys keys(String secret) {
        return ReplicaKeys.of(secret.getBytes(StandardCharsets.UTF_8), Map.of("CHAT_KEY", "0123456789abcdef"));
    }

    private static String value(ReplicaKeys keys, AccessSpec access, IdempotencyToken token) {
        return keys.credentials(access, token).header().orElseThrow().value();
    }

    private static Workload workload() {
        return new Workload(Optional.of("image"), List.of("serve"), 8000, new LinkedHashMap<>(Map.of("A", "b")));
    }

    private static Workload keyed(ReplicaKeys keys, AccessSpec access) {
        return ((Outcome.Done<Workload>) keys.into(workload(), access, FIRST)).value();
    }

    @Test
    void aLaunchHasTheSameKeyHoweverOftenItIsAskedFor() {
        assertThat(value(keys("one long secret of ours"), MADE, FIRST))
                .isEqualTo(value(keys("one long secret of ours"), MADE, FIRST))
                .matches("Bearer [0-9a-f]{64}");
    }

    @Test
    void everyLaunchAndEveryInstallationHasItsOwn() {
        assertThat(value(keys("one long secret of ours"), MADE, FIRST))
                .isNotEqualTo(value(keys("one long secret of ours"), MADE, SECOND))
                .isNotEqualTo(value(keys("another long secret of ours"), MADE, FIRST));
    }

    @Test
    void theWorkloadFindsItInTheVariableThatIsNamed() {
        ReplicaKeys keys = keys("one long secret of ours");

        Workload keyed = keyed(keys, MADE);

        assertThat(keyed.environment()).containsEntry("A", "b").containsOnlyKeys("A", "VLLM_API_KEY");
        assertThat("Bearer " + keyed.environment().get("VLLM_API_KEY")).isEqualTo(value(keys, MADE, FIRST));
        assertThat(keyed.command()).isEqualTo(List.of("serve"));
    }

    @Test
    void theUsersOwnKeyIsSentAsItIsInAHeaderOfAnotherName() {
        ReplicaKeys keys = ReplicaKeys.givenOnly(Map.of("CHAT_KEY", "0123456789abcdef"));

        Credentials.Header header = keys.credentials(GIVEN, FIRST).header().orElseThrow();

        assertThat(header).isEqualTo(new Credentials.Header("X-Api-Key", "0123456789abcdef"));
        assertThat(keyed(keys, GIVEN).environment()).containsEntry("API_KEY", "0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short", "has blank in the middle", "~0123456789abcdef", "0123456789abcdef\"; return 200; #"})
    void whatCannotBeAKeyIsRefusedWithoutBeingTold(String text) {
        ReplicaKeys keys = ReplicaKeys.givenOnly(Map.of("CHAT_KEY", text));

        Failure failure = ((Outcome.Failed<Workload>) keys.into(workload(), GIVEN, FIRST)).failure();

        assertThat(failure.message()).contains("env:CHAT_KEY").doesNotContain(text);
        assertThat(keys.credentials(GIVEN, FIRST).missing()).contains(failure.message());
    }

    @Test
    void whatIsNotThereIsMissing() {
        Credentials credentials = ReplicaKeys.givenOnly(Map.of()).credentials(GIVEN, FIRST);

        assertThat(credentials.header()).isEmpty();
        assertThat(credentials.missing().orElseThrow()).contains("env:CHAT_KEY", "not set");
    }

    @Test
    void nothingIsAskedForWhereAnybodyMayAsk() {
        assertThat(keys("one long secret of ours").credentials(AccessSpec.OPEN, FIRST))
                .isEqualTo(Credentials.NONE);
    }

    @Test
    void nothingSecretIsPrinted() {
        ReplicaKeys keys = keys("one long secret of ours");
        Credentials credentials = keys.credentials(MADE, FIRST);

        assertThat(keys + " " + credentials)
                .doesNotContain("one long")
                .doesNotContain(credentials.header().orElseThrow().value());
    }
}
