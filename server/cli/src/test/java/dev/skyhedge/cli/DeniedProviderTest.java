package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Commands beside an account in which nothing is permitted, not even to look.
class DeniedProviderTest extends ShellFixture {
    private final FakeCloud denying = new FakeCloud();

    @BeforeEach
    void declareBoth() {
        shell = new Shell(directory, ClassPathPlugins.of(cloud, denying));
        shell.write("chat.hcl", SpecTexts.CHAT.replace("\"simulated/*/*\"", "\"simulated/*/*\", \"fake/*/*\""));
        denying.denied = Optional.of(new Failure.Denied("UnauthorizedOperation: you may do nothing"));
    }

    @Test
    void plansDoWithoutItAndSaySo() {
        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).as(plan.both()).isZero();
        assertThat(plan.out()).contains("2 to launch");
        assertThat(plan.err())
                .contains("Provider \"fake\" is left out")
                .contains("denied: UnauthorizedOperation: you may do nothing.")
                .contains("skyhedge doctor");
    }

    @Test
    void whatIsWantedRunsElsewhereAndIsDestroyedThere() {
        Shell.Result applied = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(applied.code()).as(applied.both()).isZero();
        assertThat(applied.err()).contains("Provider \"fake\" is left out");
        assertThat(cloud.live()).hasSize(2);

        Shell.Result destroyed = shell.run("destroy", "chat.hcl", "-auto-approve");

        assertThat(destroyed.code()).as(destroyed.both()).isZero();
        assertThat(destroyed.err()).contains("Provider \"fake\" is left out");
        assertThat(cloud.live()).isEmpty();
    }

    @Test
    void thatTheOnlyPlacesAreThereIsAnError() {
        shell.write(
                "chat.hcl",
                SpecTexts.CHAT.replace("simulated", "fake")
                        + SpecTexts.CHAT
                                .substring(0, SpecTexts.CHAT.indexOf("output"))
                                .replace("\"chat\"", "\"other\""));

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err())
                .contains("Provider \"fake\" is left out")
                .contains("Nobody offers these resources")
                .contains("service.chat");
    }

    @Test
    void thatNobodyElseIsAskedIsAnError() {
        shell.write("chat.hcl", SpecTexts.CHAT.replace("simulated", "fake"));

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err()).contains("Provider \"fake\" cannot be asked");
    }

    @Test
    void noPlanIsMadeWithoutAProviderInWhichSomethingOfTheStateRuns() {
        denying.denied = Optional.empty();
        Shell.Result applied = shell.run("apply", "chat.hcl", "-auto-approve");
        assertThat(applied.code()).as(applied.both()).isZero();
        cloud.hide("ExpiredToken: sign in again");

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err())
                .contains("Provider \"simulated\" cannot be asked")
                .contains("ExpiredToken");
    }

    @Test
    void watchDoesNotBeginOnAnEmptyStateBesideItAsTheStateMayBeALostOne() {
        Shell.Result watch = shell.run("watch", "chat.hcl", "-admin-port=0");

        assertThat(watch.code()).isEqualTo(1);
        assertThat(watch.err()).contains("Provider \"fake\" cannot be asked");
        assertThat(cloud.everRented()).isEmpty();
    }
}
