package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationCommandsTest {
    @TempDir
    private Path directory;

    private CloudNextDoor cloud;
    private Shell shell;

    @BeforeEach
    void open() {
        cloud = new CloudNextDoor("L4:1", "H100:1");
        shell = new Shell(directory, ClassPathPlugins.of(cloud));
        write("\"L4:1\" = 2, \"H100:1\" = 1");
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private void write(String replicas) {
        shell.write(
                "chat.hcl",
                SpecTexts.CHAT
                        .replace("[\"L4:1\"]", "[\"L4:1\", \"H100:1\", \"T4:1\"]")
                        .replace("scaling {", "allocation \"fixed\" {")
                        .replace("min_replicas = 2", "replicas = { " + replicas + " }"));
    }

    private String[] accelerators() {
        return cloud.live().stream()
                .map(rental -> rental.offer().accelerator().toString())
                .sorted()
                .toArray(String[]::new);
    }

    @Test
    void appliesAsManyOnEachAcceleratorAsAreDeclaredAndThenNoMore() {
        Shell.Result plan = shell.run("plan", "chat.hcl");
        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(plan.out()).contains("L4:1", "H100:1", "3 to launch");
        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(accelerators()).containsExactly("H100:1", "L4:1", "L4:1");
        assertThat(shell.run("plan", "chat.hcl").out()).contains("No changes.");
    }

    @Test
    void followsOtherNumbers() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        write("\"H100:1\" = 2");

        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(accelerators()).containsExactly("H100:1", "H100:1");
    }

    @Test
    void refusesAnAcceleratorThatNobodyOffersThoughOthersAreOffered() {
        write("\"L4:1\" = 2, \"T4:1\" = 1");

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err()).contains("Nobody offers these resources", "No permitted location offers T4:1 to");
    }

    @Test
    void asksNobodyForAnAcceleratorThatNoneIsWantedOf() {
        write("\"L4:1\" = 2, \"T4:1\" = 0");

        assertThat(shell.run("plan", "chat.hcl").code()).isZero();
    }

    @Test
    void saysThatItIsNotSimulatedAndNotForecast() {
        Shell.Result forecast = shell.run("plan", "chat.hcl", "-forecast");
        Shell.Result simulation = shell.run("simulate", "chat.hcl", "--market=synthetic:independent,zones=3,days=3");

        assertThat(forecast.both()).contains("forecasts take all of them as alike");
        assertThat(simulation.code()).isEqualTo(1);
        assertThat(simulation.err()).contains("Allocation is not simulated");
    }
}
