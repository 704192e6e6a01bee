package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A shell beside a cloud with two accelerators, and what holds of any allocation among them.
abstract class AllocationFixture {
    @TempDir
    private Path directory;

    CloudNextDoor cloud;
    Shell shell;

    @BeforeEach
    void open() {
        cloud = new CloudNextDoor("L4:1", "H100:1");
        shell = new Shell(directory, ClassPathPlugins.of(cloud));
        declare();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    /// Writes the spec that tests begin with.
    abstract void declare();

    /// Of all that is rented.
    String[] accelerators() {
        return cloud.live().stream()
                .map(rental -> rental.offer().accelerator().toString())
                .sorted()
                .toArray(String[]::new);
    }

    @Test
    void isNotSimulatedAndNotForecastAndSaysSo() {
        Shell.Result forecast = shell.run("plan", "chat.hcl", "-forecast");
        Shell.Result simulation = shell.run("simulate", "chat.hcl", "--market=synthetic:independent,zones=3,days=3");

        assertThat(forecast.both()).contains("forecasts take all of them as alike");
        assertThat(simulation.code()).isEqualTo(1);
        assertThat(simulation.err()).contains("Allocation is not simulated");
    }
}
