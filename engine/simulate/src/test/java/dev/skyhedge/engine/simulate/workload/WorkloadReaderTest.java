package dev.skyhedge.engine.simulate.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadReaderTest {
    private static WorkloadFile read(String text) throws IOException {
        try (var rows = new CsvRows("load.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            return WorkloadReader.read(rows);
        }
    }

    @Test
    void namesTheFileThatIsInAnotherEncoding(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("load.csv");
        Files.writeString(file, "arrival_s,input_tokens,output_tokens\n0,1,1\n", StandardCharsets.UTF_16);

        assertThatThrownBy(() -> WorkloadReader.read(file))
                .isInstanceOf(WorkloadFormatException.class)
                .hasMessage(file + ":1:1: the line is not encoded in UTF-8. Save the file in UTF-8.");
        assertThat(read("\ufeffarrival_s,input_tokens,output_tokens\n0,1,1\n"))
                .isInstanceOf(WorkloadFile.Requests.class);
    }

    @Test
    void readsRequests() throws IOException {
        var requests = (WorkloadFile.Requests) read("""
                arrival_s,input_tokens,output_tokens
                0.0000,4808,10
                0.5,3180,8
                """);

        RequestSource source = requests.workload().open(new SplittableRandom(1), new SplittableRandom(2));
        assertThat(source.next()).isEqualTo(new Request(0, 4_808, 10));
        assertThat(source.next()).isEqualTo(new Request(500_000_000, 3_180, 8));
        // Over again, one usual distance after the last one.
        assertThat(source.next()).isEqualTo(new Request(750_000_000, 4_808, 10));
    }

    @Test
    void readsRatesOfWindowsAndOfMinutes() throws IOException {
        var windows = (WorkloadFile.Rates) read("""
                window_start_s,rate_rps,active_clients
                0,10,3
                600,30,4
                """);
        var minutes = (WorkloadFile.Rates) read("""
                minute,total,rank1
                0,60,1
                1,180,2
                """);

        assertThat(windows.curve().mean()).isEqualTo(20);
        assertThat(windows.curve().at(601_000_000_000L)).isEqualTo(30);
        assertThat(windows.curve().at(1_200_000_000_000L)).isEqualTo(10);
        assertThat(minutes.curve().at(61_000_000_000L)).isEqualTo(3);
        assertThat(windows.curve().scaledTo(1).max()).isEqualTo(1.5);
    }

    @Test
    void readsLengthsAsPairsAndAsMarginals() throws IOException {
        var pairs = (WorkloadFile.TokenLengths) read("input_tokens,output_tokens\n29,202\n");
        var marginals =
                (WorkloadFile.TokenLengths) read("kind,tokens,probability\ninput,9,0.0\ninput,10,0.5\noutput,7,1.0\n");

        assertThat(pairs.lengths().draw(new SplittableRandom(1))).isEqualTo(new Lengths.Pair(29, 202));
        assertThat(marginals.lengths().draw(new SplittableRandom(1))).isEqualTo(new Lengths.Pair(10, 7));
    }

    @Test
    void readsCompressedFiles(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("load.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("input_tokens,output_tokens\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(WorkloadReader.read(file)).isInstanceOf(WorkloadFile.TokenLengths.class);
    }

    @Test
    void aDamagedArchiveIsToldApart(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("load.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("input_tokens,output_tokens\n1,2\n".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> WorkloadReader.read(file))
                .isInstanceOf(WorkloadFormatException.class)
                .hasMessageContaining("the compressed file is damaged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a,b; load.csv:1:1: the header "a,b" is not one of a workload
            arrival_s,input_tokens,output_tokens|0,5,x; load.csv:2:5: "x" is not a number. Column output_tokens
            arrival_s,input_tokens,output_tokens|0,5; load.csv:2:3: the row ends after column 2
            arrival_s,input_tokens,output_tokens|5,1,1|4,1,1; load.csv:3:1: the request comes before the one above it
            arrival_s,input_tokens,output_tokens|-1,1,1; load.csv:2:1: -1 is out of range
            arrival_s,input_tokens,output_tokens; there are no rows below the header
            window_start_s,rate_rps|0,1|600,1|1500,1; load.csv:4:1: the window does not follow the one above it
            window_start_s,rate_rps|0,0|600,0; every rate is 0
            window_start_s,rate_rps|0,NaN; load.csv:2:3: NaN is out of range
            minute,total|0,5|2,5; load.csv:3:1: minute 1 is missing
            kind,tokens,probability|middle,1,1; load.csv:2:1: "middle" is not a kind. Write input or output.
            kind,tokens,probability|input,1,1; no output has a probability above 0
            """)
    void saysWhatIsWrongWhere(String rows, String message) {
        assertThatThrownBy(() -> read(rows.replace('|', '\n')))
                .isInstanceOf(WorkloadFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "poisson:fast, \"fast\" is not a rate",
        "poisson:0, the rate is out of range",
        "constant:-1, the rate is out of range",
        "bursty:NaN, the rate is out of range"
    })
    void refusesWhatIsNoRate(String text, String message) {
        assertThatThrownBy(() -> WorkloadText.read(text, Optional.empty()))
                .isInstanceOf(WorkloadFormatException.class)
                .hasMessageContaining(message);
    }
}
