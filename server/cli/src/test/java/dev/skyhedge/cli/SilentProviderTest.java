package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands beside a cloud that takes calls and never answers them.
class SilentProviderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeCloud cloud = new FakeCloud();

    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void declare() {
        shell = new Shell(directory, ClassPathPlugins.of(cloud));
        shell.write("chat.hcl", SpecTexts.CHAT.replace("simulated", "fake"));
        cloud.callTimeout = Duration.ofMillis(200);
        cloud.offers = List.of(new Offer(
                "g6.xlarge",
                Accelerator.parse("L4:1"),
                new Location("fake", "east", "east-a"),
                Market.SPOT,
                HourlyPrice.ofUsd("0.30")));
    }

    @AfterEach
    void letGo() {
        cloud.letGo();
    }

    private Shell.Result run(String... command) {
        var result = CompletableFuture.supplyAsync(() -> shell.run(command));
        assertThat(result).succeedsWithin(PATIENCE);
        return result.join();
    }

    private static void assertToldOfSilence(Shell.Result result) {
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("Provider \"fake\" does not answer")
                .contains("fake did not answer within 200ms")
                .contains("skyhedge doctor")
                .doesNotContain("invalid_request")
                .doesNotContain("on line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"observe", "offers", "observe all"})
    void aQuestionWithoutAnAnswerEndsACommand(String question) {
        cloud.heldUp = Set.of(question);

        assertToldOfSilence(run("plan", "chat.hcl"));
        assertToldOfSilence(run("apply", "chat.hcl", "-auto-approve"));
    }

    @Test
    void watchDoesNotBeginOnAnEmptyStateBesideACloudThatMayRunSomething() {
        cloud.heldUp = Set.of("observe all");

        assertToldOfSilence(run("watch", "chat.hcl", "-admin-port=0"));
    }

    @Test
    void aPlanDoesNotNeedTheAccountOrTheQuotas() {
        cloud.heldUp = Set.of("account", "quotas");

        Shell.Result plan = run("plan", "chat.hcl");

        assertThat(plan.code()).as(plan.both()).isZero();
        assertThat(plan.out()).contains("2 to launch");
    }

    @Test
    void whatElseIsOfferedIsNotWaitedForEither() {
        cloud.offers = List.of();
        cloud.heldUp = Set.of("offers of everything");

        Shell.Result plan = run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err()).contains("Nobody offers these resources");
    }

    @Test
    void aCloudThatCannotBeOpenedBecauseItIsSilentIsNoMistakeInTheSpec() {
        shell.write("chat.hcl", "provider \"fake\" {}\n" + SpecTexts.CHAT.replace("simulated", "fake"));
        cloud.opening = Outcome.failed(new Failure.OutcomeUnknown("The cloud did not answer within 10s"));

        Shell.Result plan = run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err())
                .contains("Provider \"fake\" does not answer")
                .contains("did not answer within 10s")
                .doesNotContain("on line");
    }
}
