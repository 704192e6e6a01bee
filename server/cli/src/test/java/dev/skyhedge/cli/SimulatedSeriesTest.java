package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which series of a market a service plays in is one rule for both protocols.
class SimulatedSeriesTest {
    @TempDir
    private Path directory;

    private Shell shell = new Shell(Path.of("."), ClassPathPlugins.of());

    @BeforeEach
    void records() throws IOException {
        shell = new Shell(directory, ClassPathPlugins.of());
        Path market = Files.createDirectory(directory.resolve("market"));
        Files.writeString(market.resolve("meta.json"), """
                {"set": "three", "cloud": "aws", "gap_seconds": 300, "max_capacity": 4, "series": [
                 {"key": "a", "zone": "a", "region": "r", "instance_type": "g6", "gpu": "L4", "gpus_per_instance": 1,
                  "ticks": 400},
                 {"key": "b", "zone": "b", "region": "r", "instance_type": "g6", "gpu": "L4", "gpus_per_instance": 1,
                  "ticks": 400},
                 {"key": "c", "zone": "c", "region": "s", "instance_type": "p3", "gpu": "V100", "gpus_per_instance": 1,
                  "ticks": 400}]}
                """);
        Files.writeString(market.resolve("capacity.csv"), """
                series,start_tick,end_tick,capacity
                a,0,400,2
                b,0,400,2
                c,0,400,4
                """);
    }

    private Shell.Result simulate(String accelerator, String location, String protocol, String... more) {
        shell.write("chat.hcl", SpecTexts.three(accelerator, location));
        List<String> length = protocol.equals("event") ? List.of("-length=3h") : List.of();
        return shell.run(Stream.of(
                        List.of(
                                "simulate",
                                "chat.hcl",
                                "-market=" + directory.resolve("market"),
                                "-protocol=" + protocol,
                                "-policy=on_demand"),
                        List.of("-offsets=0"),
                        length,
                        List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "event"})
    void playsInTheSeriesThatTheServicePermits(String protocol) throws IOException {
        Path report = directory.resolve(protocol);

        Shell.Result result = simulate("L4:1", "aws/*/*", protocol, "-report=" + report);

        assertThat(result.both()).contains("on three, 2 of 3 series");
        assertThat(Files.readString(report.resolve("report.json")))
                .contains("\"series\" : 2", "\"series_recorded\" : 3")
                .doesNotContain("aws/s/c");
        assertThat(Files.readString(report.resolve("report.html"))).contains("three, 2 of 3 series");
        assertThat(Files.readString(report.resolve("report.md"))).contains("three, 2 of 3 series");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "event"})
    void refusesAMarketInWhichTheServiceFitsNothing(String protocol) {
        Shell.Result result = simulate("H100:1", "aws/*/*", protocol);

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("The service fits nothing in this market")
                .contains("it takes H100:1 in aws/*/*, and the market has L4:1, V100:1 in aws/r/*, aws/s/*")
                .contains("-series=all");
        assertThat(simulate("L4:1", "gcp/*/*", protocol).code()).isEqualTo(ExitCode.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "event"})
    void playsInAllSeriesIfAsked(String protocol) {
        for (String accelerator : List.of("H100:1", "L4:1")) {
            assertThat(simulate(accelerator, "aws/*/*", protocol, "-series=all", "-json=-")
                            .out())
                    .contains("\"series\" : 3", "\"series_recorded\" : 3");
        }
    }

    @Test
    void bothProtocolsRentInTheSameZones() {
        assertThat(simulate("L4:1", "aws/*/*", "paper", "-policy=round_robin").out())
                .containsPattern("round_robin +100\\.00");
        assertThat(simulate("L4:1", "aws/*/*", "event", "-policy=round_robin").out())
                .containsPattern("round_robin +100\\.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paper", "event"})
    void aRecordingThatNamesNoCloudIsAnybodys(String protocol) throws IOException {
        Path meta = directory.resolve("market").resolve("meta.json");
        Files.writeString(meta, Files.readString(meta).replace("\"cloud\": \"aws\", ", ""));

        assertThat(simulate("L4:1", "gcp/r/*", protocol).both()).contains("2 of 3 series");
    }
}
