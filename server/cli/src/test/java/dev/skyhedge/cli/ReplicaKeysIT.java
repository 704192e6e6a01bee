package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.control.Credentials;
import dev.skyhedge.engine.control.ReplicaKeys;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.specs.AccessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replicas that answer to nobody without the key of their launch: real servers in a cloud in a box, behind a real
/// endpoint.
class ReplicaKeysIT {
    private static final String SERVER = """
            use IO::Socket::INET; $SIG{CHLD}='IGNORE'; my $k=$ENV{MODEL_KEY} or die 'no key'; $|=1; print "up\\\\n";
            my $s=IO::Socket::INET->new(LocalAddr=>'127.0.0.1',LocalPort=>$ENV{PORT},Listen=>128,ReuseAddr=>1) or die $!;
            while(my $c=$s->accept){ next if fork; my $in=0; while(<$c>){ $in=1 if /^authorization: Bearer $k\\\\r$/i;
            last if /^\\\\s*$/ } my ($n,$t)=$in ? ('200 OK','in! ') : ('401 Unauthorized','out!');
            print $c "HTTP/1.1 $n\\\\r\\\\nContent-Length: 4\\\\r\\\\nConnection: close\\\\r\\\\n\\\\r\\\\n$t"; close $c; exit }
            """.strip().replace("\n", " ").replace("\"", "\\\"");

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void declare() throws IOException {
        site = new Site(directory);
        site.declare("old!", 2, "");
        String command = "command = [\"perl\", \"-e\", \"" + SERVER + "\"]\n";
        String spec = site.spec().replaceAll("command = .*\n", "COMMAND");
        site.write(spec.replace("COMMAND", command + "\n    access {\n      key_env = \"MODEL_KEY\"\n    }\n\n    "));
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
    }

    private String key(Rental rental) {
        var access =
                new AccessSpec(Optional.of("MODEL_KEY"), Optional.empty(), AccessSpec.DEFAULT_HEADER, false, false);
        Credentials credentials = ReplicaKeys.of(installationKey(), Map.of())
                .credentials(access, rental.tags().token());
        return credentials.header().orElseThrow().value().substring("Bearer ".length());
    }

    private byte[] installationKey() {
        try {
            return Files.readString(directory.resolve("state/replicas.key"))
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String printed(String... arguments) throws InterruptedException {
        Background command = site.start(arguments);
        command.awaitExit();
        return command.printed();
    }

    @Test
    void requestsAndProbesGetInAndTheKeysAreNowhereToBeRead() throws Exception {
        Background watch = site.watch();
        site.awaitAnswer("200 in! ");
        Background.await(watch::printed, () -> site.live() == 2);

        List<String> keys =
                site.cloud().ledger().rentals().stream().map(this::key).toList();
        var told = new ArrayList<String>();
        told.add(watch.printed());
        told.add(printed("status", "-json"));
        told.add(printed("plan", "web.hcl", "-json"));
        told.add(printed("events"));
        told.add(printed("state", "show", "web-1"));

        assertThat(keys).doesNotHaveDuplicates().hasSize(2);
        assertThat(ports(told.get(1))).hasSize(2);
        assertThat(told.get(1)).contains("web-1", "\"ready\"");
        for (int port : ports(told.get(1))) {
            assertThat(statusOf(port, "")).isEqualTo(401);
            assertThat(keys).as("one of them is its own").anyMatch(key -> statusOf(port, key) == 200);
        }
        for (String key : keys) {
            assertThat(told).noneMatch(text -> text.contains(key));
            assertThat(arguments()).noneMatch(line -> line.contains(key));
            assertThat(filesWith(key)).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("state/replicas.key"))))
                .isEqualTo("rw-------");
    }

    private static List<Integer> ports(String status) {
        return Pattern.compile("\"endpoint\" : \"127\\.0\\.0\\.1:(\\d+)\"")
                .matcher(status)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    private static int statusOf(int port, String key) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .header("Authorization", "Bearer " + key)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<String> arguments() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
    }

    private List<Path> filesWith(String secret) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, secret))
                    .toList();
        }
    }

    private static boolean holds(Path file, String secret) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException vanished) {
            return false;
        }
    }
}
