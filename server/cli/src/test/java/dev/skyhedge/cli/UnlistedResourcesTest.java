package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fake cloud lists L4:1 in fake/east, in zones that it does not tell.
class UnlistedResourcesTest {
    @TempDir
    private Path directory;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(directory, ClassPathPlugins.of(new FakeCloud()));
    }

    private Shell.Result validate(String accelerators, String locations) {
        shell.write(
                "chat.hcl",
                SpecTexts.CHAT
                        .replace("[\"L4:1\"]", "[" + accelerators + "]")
                        .replace("[\"simulated/*/*\"]", "[" + locations + "]"));
        return shell.run("validate", "chat.hcl");
    }

    @Test
    void anAcceleratorBesideOneThatThereIsIsMentioned() {
        Shell.Result result = validate("\"L4\", \"L40:1\"", "\"fake/*/*\"");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("Warning: Unknown accelerator", "No provider of service.chat is known to have L40:1.")
                .contains("Did you mean \"L4:1\"?")
                .containsOnlyOnce("Warning");
    }

    @Test
    void aLocationBesideOneThatThereIsIsMentioned() {
        Shell.Result result = validate("\"L4\"", "\"fake/east/*\", \"fake/eats/*\"");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("Warning: Unknown location", "No provider is known to have a place that fake/eats/* matches.")
                .contains("Did you mean \"east\"?")
                .containsOnlyOnce("Warning");
    }

    @Test
    void aZoneIsNotDoubtedWhereZonesAreNotKnown() {
        assertThat(validate("\"L4\"", "\"fake/east/east-9\"").err()).isEmpty();
    }

    @Test
    void nothingIsDoubtedOfAProviderThatTellsNothing() {
        Shell.Result result = validate("\"L4\", \"L40\"", "\"fake/*/*\", \"aws/us-eats-1/*\"");

        assertThat(result.err()).doesNotContain("Unknown accelerator", "Unknown location");
    }

    @Test
    void theWarningStandsAtTheElementOfTheList() {
        assertThat(validate("\"L4\", \"L40:1\"", "\"fake/*/*\"").err()).contains("accelerators = [\"L4\", \"L40:1\"]");
    }
}
