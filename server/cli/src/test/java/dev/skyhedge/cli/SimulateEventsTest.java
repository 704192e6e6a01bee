package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `skyhedge simulate -protocol=event`.
class SimulateEventsTest {
    private static final String MARKET = "--market=synthetic:independent,zones=3,days=3";

    @TempDir
    private Path directory;

    private Shell shell = new Shell(Path.of("."), ClassPathPlugins.of());

    @BeforeEach
    void declares() {
        shell = new Shell(directory, ClassPathPlugins.of());
        shell.write("chat.hcl", """
                service "chat" {
                  replicas = 2
                  replica {
                    command = ["serve"]
                    port    = 8000
                  }
                  resources {
                    accelerators = ["L4:1"]
                    locations    = ["aws/*/*"]
                  }
                  endpoint {
                    port   = 8080
                    policy = "round_robin"
                  }
                }
                """);
    }

    private Shell.Result simulate(String... more) {
        String[] arguments = new String[more.length + 6];
        String[] common = {"simulate", "chat.hcl", MARKET, "-protocol=event", "-length=3h", "-windows=1"};
        System.arraycopy(common, 0, arguments, 0, common.length);
        System.arraycopy(more, 0, arguments, common.length, more.length);
        return shell.run(arguments);
    }

    @Test
    void showsMoneyAvailabilityAndLatencies() {
        Shell.Result result = simulate("-policy=spothedge,on_demand", "-workload=poisson:0.1", "-slots=2");

        assertThat(result.both())
                .contains("service.chat on synthetic:independent,zones=3,days=3, all 3 series, event by event");
        assertThat(result.out())
                .containsPattern("on_demand +100.00 +100.00 +0.00 +100.0 +14[34][.]\\d\\d")
                .contains("Requests of poisson:0.1", "p99", "counted as the timeout");
        assertThat(result.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void writesTheSameNumbersEachTime() throws IOException {
        Path first = shell.file("first.json");
        Path report = shell.file("report");
        Path again = shell.file("again");

        simulate("-policy=spothedge", "-workload=bursty:0.2", "--json", first.toString());
        simulate("-policy=spothedge", "-workload=bursty:0.2", "--report=" + again);
        simulate("-policy=spothedge", "-workload=bursty:0.2", "--report=" + report);

        assertThat(Files.readString(first))
                .isEqualTo(Files.readString(report.resolve("report.json")))
                .contains("\"protocol\" : \"event\"", "\"p99\"", "\"reason\"");
        assertThat(Files.readString(report.resolve("report.md"))).contains("spothedge");
        for (String name : List.of("report.json", "report.md", "report.html")) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(report.resolve(name));
        }
    }

    @Test
    void resultsDoNotDependOnWhereFilesLie() throws IOException {
        List<Path> reports = new ArrayList<>();
        for (String place : List.of("here", "there")) {
            Path file = Files.createDirectories(directory.resolve(place)).resolve("rates.csv");
            Files.writeString(file, "window_start_s,rate_rps\n0,1\n600,3\n");
            Path report = directory.resolve("report-" + place);
            simulate("-policy=on_demand", "-workload=" + file + "@0.2", "-report=" + report);
            reports.add(report);
        }

        for (String name : List.of("report.json", "report.md", "report.html")) {
            assertThat(reports.getFirst().resolve(name))
                    .hasSameBinaryContentAs(reports.getLast().resolve(name));
        }
        assertThat(reports.getFirst().resolve("report.json")).content().contains("\"workload\" : \"rates.csv@0.2\"");
    }

    @Test
    void drawsLengthsAndRatesFromFiles() {
        shell.write("rates.csv", "window_start_s,rate_rps\n0,1\n600,3\n");
        shell.write("lengths.csv", "input_tokens,output_tokens\n100,20\n");

        Shell.Result result = simulate(
                "-policy=on_demand",
                "-workload=" + shell.file("rates.csv") + "@0.2",
                "-lengths=" + shell.file("lengths.csv"),
                "-service-time=tokens:0.1,0.001,0.05",
                "-json=-");

        // 0.1 + 0.1 + 1 s for every request that has a slot at once, to the width of the histogram.
        assertThat(result.out()).containsPattern("\"p50\" : 1[.](19|20)");
    }

    @Test
    void saysWhatIsWrongWithAWorkload() {
        shell.write("broken.csv", "arrival_s,input_tokens,output_tokens\n0,1,x\n");

        assertThat(simulate("-workload=" + shell.file("broken.csv")).err())
                .contains("The workload cannot be read", "broken.csv:2:5: \"x\" is not a number");
        shell.write("plain.csv.gz", "arrival_s,input_tokens,output_tokens\n0,1,1\n");
        assertThat(simulate("-workload=" + shell.file("plain.csv.gz")).err())
                .contains("plain.csv.gz: the file is not, or not to its end, compressed with gzip", "Compress it");
        assertThat(simulate("-workload=nowhere.csv").err()).contains("nowhere.csv: there is no such file", "poisson:");
        assertThat(simulate("-workload=poisson:often").err()).contains("\"often\" is not a rate");
        assertThat(simulate("-workload=poisson:1", "-service-time=odd").err()).contains("Write constant:SECONDS");
        assertThat(simulate("-workload=poisson:1", "-clients=moon=1").err()).contains("Invalid clients");
        assertThat(shell.run("simulate", "chat.hcl", MARKET, "-protocol=event", "-length=1m")
                        .code())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void saysThatReplicasAreGivenUpBeforeTheyAreReady() {
        assertThat(simulate("-policy=on_demand", "-cold-start=16m").err())
                .contains("Replicas may be given up before they are ready")
                .contains("takes up to 21m20s until it is ready, and initial_delay of service.chat gives it 20m");
        assertThat(simulate("-policy=on_demand", "-cold-start=12m").err()).doesNotContain("given up");
    }
}
