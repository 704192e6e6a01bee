package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path directory;

    private Shell shell(FakeCloud cloud) {
        return new Shell(directory, ClassPathPlugins.of(cloud));
    }

    @Test
    void isContentWhenEveryFindingIsGood() {
        Shell.Result result = shell(new FakeCloud()).run("doctor");

        assertThat(result.code()).as(result.both()).isZero();
        assertThat(result.out()).contains("fake", "ok", "account", "4711");
    }

    @Test
    void saysWhatToDoAboutAProblem() {
        var cloud = new FakeCloud();
        cloud.findings = List.of(new Finding.Bad("credentials", "none found", "Set FAKE_KEY."));

        Shell.Result result = shell(cloud).run("doctor", "-json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("\"ok\" : false");
        assertThat(result.out()).contains("\"remedy\" : \"Set FAKE_KEY.\"");
        assertThat(shell(cloud).run("doctor").out()).contains("problem", "none found", "Set FAKE_KEY.");
    }

    @Test
    void saysOnceWhatBothTheAccountAndTheProviderComplainOf() {
        var cloud = new FakeCloud();
        cloud.noAccount = Optional.of(new Failure.Denied("the session has expired"));
        cloud.findings = List.of(new Finding.Bad("credentials", "the session has expired", "Log in."));

        assertThat(shell(cloud).run("doctor").out()).containsOnlyOnce("the session has expired");
    }

    @Test
    void namesQuotasOfZeroInOneLine() {
        var cloud = new FakeCloud();
        var everywhere = new Scope(LocationPattern.parse("fake"), Optional.empty(), Optional.empty());
        for (String card : List.of("K80", "P100", "V100")) {
            cloud.quotas.add(new AccountQuota(card, everywhere, AccountQuota.Unit.ACCELERATORS, 0, 0));
        }

        assertThat(shell(cloud).run("doctor").out())
                .containsOnlyOnce("quotas of 0")
                .contains("K80, P100, V100");
    }

    @Test
    void looksOnlyAtTheProvidersThatTheSpecNames() {
        Shell shell = shell(new FakeCloud());
        shell.write("other.hcl", "provider \"aws\" {}\n");

        Shell.Result result = shell.run("doctor", "other.hcl");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("aws", "not installed").doesNotContain("fake");
    }

    @Test
    void showsThePriceListsThatThereAre() {
        Shell shell = shell(new FakeCloud());

        assertThat(shell.run("catalog", "show").out()).contains("g6.xlarge", "L4:1", "$0.80/h", "made up");
        assertThat(shell.run("catalog", "show", "fake", "-json").out()).contains("\"on_demand\" : \"0.8\"");
        assertThat(shell.run("catalog", "update").out()).contains("fake: 1 prices from made up");
        assertThat(shell.run("catalog", "show", "fak").err()).contains("Unknown provider", "fake");
    }
}
