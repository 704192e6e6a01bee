package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.testing.TestPorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that are processes of their own, killed as the kernel kills.
class NodeProcessIT {
    private static final String SECRET = "very secret token of a plan";

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private Path model;
    private Path token;
    private Path manifestFile;
    private Manifest manifest;

    @BeforeEach
    void describe() throws IOException {
        model = Models.small(directory.resolve("model"));
        manifest = ModelDirectory.manifest(model, Models.CHUNK);
        manifestFile = Files.write(directory.resolve("manifest"), manifest.encoded());
        token = Files.writeString(directory.resolve("token"), SECRET + "\n");
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private record Running(Process process, BufferedReader out, List<String> lines) {
        /// Reads up to a line that begins so.
        String until(String beginning) throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            throw new AssertionError("It ended without " + beginning + ": " + lines);
        }

        String address() throws IOException {
            return until("listening").substring("listening address=".length());
        }
    }

    private Running start(String before, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                before + "exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--id",
                manifest.id().toString(),
                "--token-file",
                token.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return new Running(process, process.inputReader(), new ArrayList<>());
    }

    private Running source() throws IOException {
        return start(
                "", "--directory", model.toString(), "--manifest", manifestFile.toString(), "--link-bits", "2000000");
    }

    private Running receiver(String name, String ancestors) throws IOException {
        return start("", "--directory", directory.resolve(name).toString(), "--ancestors", ancestors);
    }

    private static String freeAddress() {
        return "127.0.0.1:" + TestPorts.free();
    }

    @Test
    void aKilledNodeInTheMiddleIsRepairedExactlyOnce() throws Exception {
        String source = freeAddress();
        Running first = receiver("first", source);
        String one = first.address();
        Running second = receiver("second", one + "," + source);
        String two = second.address();
        Running third = receiver("third", two + "," + one + "," + source);
        third.until("receiving");
        // Only now is there something to send, so that the loss is in the middle of it.
        start(
                "",
                "--directory",
                model.toString(),
                "--manifest",
                manifestFile.toString(),
                "--link-bits",
                "800000",
                "--listen",
                source);
        second.until("layers count=1");
        first.process().destroyForcibly();

        second.until("whole");
        third.until("whole");
        ChunkStoreTest.assertSame(model, directory.resolve("second"));
        ChunkStoreTest.assertSame(model, directory.resolve("third"));
        assertThat(second.lines()).filteredOn(line -> line.startsWith("lost")).hasSize(1);
        assertThat(third.lines()).noneMatch(line -> line.startsWith("lost"));
        assertThat(second.lines()).last().isEqualTo("whole from_peers=" + manifest.size() + " from_origin=0");
    }

    @Test
    void aKilledReceiverGoesOnWhereItWas() throws Exception {
        String source = source().address();
        Running receiver = receiver("r", source);
        receiver.until("layers count=1");
        receiver.process().destroyForcibly().waitFor();

        // It needs the manifest to know what is there.
        Running again = start(
                "",
                "--directory",
                directory.resolve("r").toString(),
                "--manifest",
                manifestFile.toString(),
                "--ancestors",
                source);

        assertThat(again.until("receiving")).doesNotEndWith("from=0");
        again.until("whole");
        ChunkStoreTest.assertSame(model, directory.resolve("r"));
    }

    @Test
    void aDiskThatTakesNoMoreIsAFailureThatSaysSo() throws Exception {
        String source = source().address();
        // Blocks of 512 bytes, or 1024: less than the model's largest file either way.
        Running receiver =
                start("ulimit -f 60; ", "--directory", directory.resolve("r").toString(), "--ancestors", source);

        assertThat(receiver.until("failed")).containsIgnoringCase("too large");
        assertThat(receiver.process().waitFor()).isEqualTo(1);
        assertThat(directory.resolve("r")).doesNotExist();
    }

    @Test
    void ordersComeByStandardInput() throws Exception {
        String source = source().address();
        Running receiver = receiver("r", "127.0.0.1:1");
        receiver.address();
        receiver.process()
                .outputWriter()
                .append("plan 1 -\nplan 2 " + source + "\n")
                .flush();

        assertThat(receiver.until("ignored")).isEqualTo("ignored epoch=1");
        receiver.until("whole");
        ChunkStoreTest.assertSame(model, directory.resolve("r"));
    }

    @Test
    void theTokenIsInNoArgumentAndInNoLine() throws Exception {
        Running source = source();
        String address = source.address();
        Running receiver = receiver("r", address);
        receiver.until("whole");

        assertThat(String.join(" ", receiver.lines())).doesNotContain(SECRET);
        assertThat(source.process()
                        .info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .toString())
                .doesNotContain(SECRET);
        assertThat(address).startsWith("127.0.0.1:");
    }
}
