package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The server as a process of its own.
@Timeout(60)
class ModelServerProcessIT {
    private static final String SIX_LONG_TEXTS = "{\"model\":\"all-MiniLM-L6-v2\",\"input\":["
            + ("\"" + "word ".repeat(500) + "\",").repeat(5) + "\"end\"]}";

    @Test
    void finishesWhatIsInFlightAfterSigterm() throws Exception {
        Process process = java("--port", "0", "--cache", Models.CACHE.toString());
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            assertThat(line).startsWith("listening on http://127.0.0.1:");
            URI uri = URI.create(line.replaceAll("listening on ([^,]*),.*", "$1"));
            assertThat(output.readLine()).isEqualTo("ready");
            var client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            var answer = client.sendAsync(
                    HttpRequest.newBuilder(uri.resolve("/v1/embeddings"))
                            .POST(HttpRequest.BodyPublishers.ofString(SIX_LONG_TEXTS))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            var metrics = HttpRequest.newBuilder(uri.resolve("/metrics")).build();
            while (!client.send(metrics, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("in_flight 2")) {
                Thread.onSpinWait();
            }

            // Process.destroy would close our end of its output too.
            process.toHandle().destroy();

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(output.readLine()).isEqualTo("drained, 0 requests left unanswered");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void endsWithAnErrorWhenItCannotServe() throws Exception {
        assertThat(java("--port", "none").waitFor()).isEqualTo(2);
        assertThat(java("--port", "0", "--cache", "/proc/absent").waitFor()).isEqualTo(1);
    }

    @Test
    void checksItselfAndEnds() throws Exception {
        Process process = java("--check", "--port", "0", "--cache", Models.CACHE.toString());

        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines()).containsExactly("works");
        }
        assertThat(process.waitFor()).isZero();
    }

    private static Process java(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.skyhedge.runtime.ModelServer");
        builder.command().addAll(List.of(arguments));
        return builder.redirectErrorStream(true).start();
    }
}
