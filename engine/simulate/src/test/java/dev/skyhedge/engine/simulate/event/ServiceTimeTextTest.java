package dev.skyhedge.engine.simulate.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.engine.simulate.workload.Request;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTimeTextTest {
    private static final Accelerator L4 = Accelerator.parse("L4:1");
    private static final Request REQUEST = new Request(0, 100, 20);

    @Test
    void readsTheKindsOfOneLine() throws IOException {
        assertThat(ServiceTimeText.read("constant:2.5s", 1).seconds(L4, REQUEST, 3))
                .isEqualTo(2.5);
        assertThat(ServiceTimeText.read("exponential:2", 1).seconds(L4, REQUEST, 3))
                .isEqualTo(6);
        assertThat(ServiceTimeText.read("tokens:0.1,0.001,0.05", 1).seconds(L4, REQUEST, 3))
                .isEqualTo(0.1 + 0.1 + 1);
    }

    @Test
    void aProfileGivesWhatABusyReplicaSustains(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("gpus.csv");
        Files.writeString(file, """
                gpu,usd_per_hour,input_tokens,output_tokens,max_requests_per_s
                L4,0.7,50,25,10
                L4,0.7,100,25,4
                A100-80G,3.7,50,25,40
                A100-80G,3.7,100,25,0
                """);

        ServiceTime byGpu = ServiceTimeText.read("profile:" + file, 8);
        assertThat(byGpu.seconds(L4, REQUEST, 1)).isEqualTo(2);
        assertThat(byGpu.seconds(L4, new Request(0, 50, 1), 1)).isEqualTo(0.8);
        // Larger than the largest belongs to the largest, and 0 is never done.
        assertThat(byGpu.seconds(L4, new Request(0, 9_999, 9_999), 1)).isEqualTo(2);
        assertThat(byGpu.seconds(Accelerator.parse("A100-80GB:1"), REQUEST, 1)).isGreaterThan(10_000);
        assertThat(ServiceTimeText.read("profile:" + file + "@A100-80G", 8).seconds(L4, new Request(0, 1, 1), 1))
                .isEqualTo(0.2);
        assertThatThrownBy(() -> ServiceTimeText.read("profile:" + file + "@T4", 8))
                .hasMessageContaining("knows no GPU \"T4\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "constant",
                "constant:",
                "constant:-1",
                "exponential:x",
                "tokens:1,2",
                "tokens:1,2,x",
                "odd:1"
            })
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> ServiceTimeText.read(text, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Write constant:SECONDS");
    }
}
