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

class SimulateCommandTest {
    private static final String MARKET = "--market=synthetic:independent,zones=3,days=3";

    @TempDir
    private Path directory;

    private Shell shell = new Shell(Path.of("."), ClassPathPlugins.of());

    @BeforeEach
    void declares() {
        shell = new Shell(directory, ClassPathPlugins.of());
        shell.write("chat.hcl", SpecTexts.three("L4:1", "aws/*/*"));
    }

    @Test
    void showsPoliciesSideBySide() {
        Shell.Result result =
                shell.run("simulate", "chat.hcl", MARKET, "-windows=2", "-policy=spothedge_artifact,on_demand");

        assertThat(result.both())
                .contains("service.chat on synthetic:independent,zones=3,days=3, all 3 series: 2 windows");
        assertThat(result.out())
                .containsPattern("spothedge_artifact +\\d")
                .containsPattern("on_demand +100.00 ± 0.00 +100.00 ± 0.00")
                .containsPattern("bound +100 +100 +0 +\\d\\d\\.\\d\\d")
                .containsPattern("offset +bound +spothedge_artifact +on_demand");
        assertThat(result.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void writesTheSameNumbersEachTime() throws IOException {
        Path first = shell.file("first.json");
        Path report = shell.file("report");
        Path again = shell.file("again");

        List<String> question = List.of("simulate", "chat.hcl", MARKET, "--offsets=100", "--policy=skyhedge,on_demand");

        shell.run(with(question, "--json", first.toString()));
        shell.run(with(question, "--report=" + report));
        shell.run(with(question, "--report=" + again));

        assertThat(Files.readString(first))
                .isEqualTo(Files.readString(report.resolve("report.json")))
                .contains("\"offset\" : 100", "\"name\" : \"skyhedge\"", "\"gap_closed\"", "\"reason\"", "\"p99\"");
        assertThat(Files.readString(report.resolve("report.md"))).contains("| policy |", "| on_demand | 100.00 |");
        for (String name : List.of("report.json", "report.md", "report.html")) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(report.resolve(name));
        }
    }

    private static String[] with(List<String> question, String... more) {
        return Stream.concat(question.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void printsNumbersAloneIfAsked() {
        Shell.Result result = shell.run("simulate", "chat.hcl", MARKET, "-offsets=0", "-policy=on_demand", "-json=-");

        assertThat(result.out()).startsWith("{").endsWith("}\n");
    }

    @Test
    void saysWhereAMarketIsMalformed() throws IOException {
        Path market = Files.createDirectory(shell.file("market"));
        Files.writeString(market.resolve("meta.json"), """
                {"gap_seconds": 300, "max_capacity": 4, "series": [{"key": "a", "zone": "a", "region": "r",
                 "instance_type": "p3", "gpu": "V100", "ticks": 4000}]}
                """);
        Files.writeString(market.resolve("capacity.csv"), """
                series,start_tick,end_tick,capacity
                a,0,12,1
                a,13,4000,2
                """);

        Shell.Result result = shell.run("simulate", "chat.hcl", "--market", market.toString());

        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("The market cannot be read", "capacity.csv:3:3: gap: ticks 12 to 13 are missing", "follow");
    }

    @Test
    void refusesNumbersThatMeanNothing() {
        for (String option : List.of(
                "-on-demand-price=NaN",
                "-on-demand-price=Infinity",
                "-on-demand-price=-1",
                "-on-demand-price=0",
                "-target=0",
                "-target=100000000",
                "-offsets=99999999",
                "-offsets=-1",
                "-windows=1001",
                "-cold-start=30h")) {
            for (String protocol : List.of("paper", "event")) {
                Shell.Result result =
                        shell.run("simulate", "chat.hcl", MARKET, "-policy=on_demand", "-protocol=" + protocol, option);

                assertThat(result.code()).as(option + " " + protocol).isEqualTo(ExitCode.FAILED);
                assertThat(result.err()).as(option + " " + protocol).doesNotContain("has a bug");
            }
        }
    }

    @Test
    void refusesOptionsThatTheProtocolDoesNotKnow() {
        assertThat(shell.run("simulate", "chat.hcl", MARKET, "-slots=4").err())
                .contains("--slots means nothing to -protocol=paper", "give -protocol=event");
        assertThat(shell.run("simulate", "chat.hcl", MARKET, "-protocol=event", "-own-bounds")
                        .err())
                .contains("--own-bounds means nothing to -protocol=event");
    }

    @Test
    void refusesOptionsThatChangeNothing() {
        assertThat(refusal("-offsets=0", "-windows=2")).contains("Option without effect", "-windows changes nothing");
        assertThat(refusal("-target=2", "-workload=constant:1")).contains("-target says it already");
        assertThat(refusal("-protocol=event", "-slots=2")).contains("--slots is about requests, and there are none");
        assertThat(refusal("-offsets=5,5")).contains("would count twice");
        assertThat(refusal("-cold-start=59s")).contains("in ticks of 30 s, and 59s is not so many");
    }

    private String refusal(String... options) {
        Shell.Result result = shell.run(with(List.of("simulate", "chat.hcl", MARKET, "-policy=on_demand"), options));
        assertThat(result.code()).as(String.join(" ", options)).isEqualTo(ExitCode.FAILED);
        return result.err();
    }

    @Test
    void needsNothingThatOnlyProvidersNeed() {
        shell.write("cloud.hcl", """
                variable "key" { type = string }
                provider "azure" { ssh_key = var.key }
                """ + SpecTexts.three("L4:1", "azure/*/*"));

        Shell.Result result = shell.run("simulate", "cloud.hcl", MARKET, "-policy=on_demand", "-offsets=0");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void saysBeforeItSimulatesThatTheResultCannotBeWritten() {
        shell.write("there", "");

        Shell.Result asReport =
                shell.run("simulate", "chat.hcl", MARKET, "-offsets=0", "-report=" + shell.file("there"));
        Shell.Result asNumbers = shell.run("simulate", "chat.hcl", MARKET, "-offsets=0", "-json=" + directory);

        assertThat(asReport.err()).contains("is a file", "the name of a directory");
        assertThat(asNumbers.err()).contains("is a directory", "the name of a file");
        assertThat(asReport.out() + asNumbers.out()).doesNotContain("policy");
    }

    @Test
    void saysWhatThereIsInsteadOfWhatThereIsNot() {
        assertThat(shell.run("simulate", "chat.hcl", MARKET, "-policy=best").err())
                .contains("no policy \"best\"", "spothedge_artifact");
        assertThat(shell.run("simulate", "chat.hcl", "-market=synthetic:wild").err())
                .contains("no setting \"wild\"", "clusters");
        assertThat(shell.run("simulate", "chat.hcl", "-market=nowhere").err()).contains("has no meta.json");
        assertThat(shell.run("simulate", "chat.hcl", MARKET, "-workload=constant:5")
                        .err())
                .contains("target_qps_per_replica");
        assertThat(shell.run("simulate", "chat.hcl", MARKET, "-windows=0").code())
                .isEqualTo(ExitCode.FAILED);
    }
}
