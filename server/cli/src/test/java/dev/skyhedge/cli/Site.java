package dev.skyhedge.cli;

import dev.skyhedge.providers.local.LocalCloud;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.testing.TestPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A directory with a spec of small real servers in a cloud in a box, and the endpoint in front of them.
final class Site implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SERVER = "use IO::Socket::INET; $SIG{CHLD}='IGNORE'; $|=1; print \\\"up TEXT\\\\n\\\";"
            + " my $s=IO::Socket::INET->new(LocalAddr=>'127.0.0.1',LocalPort=>$ENV{PORT},Listen=>128,ReuseAddr=>1)"
            + " or die $!; while(my $c=$s->accept){ next if fork; my $l=<$c>; while(<$c>){last if /^\\\\s*$/}"
            + " if($l=~/slow/){ open my $f,'>','MARK' or die $!; close $f; sleep 2 } my $code=$l=~/health/ ? 'STATUS' : '200 OK';"
            + " print $c \\\"HTTP/1.1 $code\\\\r\\\\nContent-Length: 4\\\\r\\\\nConnection: close\\\\r\\\\n\\\\r\\\\nTEXT\\\";"
            + " close $c; exit }";

    private final Path directory;
    private final int port;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<Background> running = new ArrayList<>();

    Site(Path directory) throws IOException {
        this.directory = directory;
        this.port = TestPorts.free();
    }

    /// Writes the spec. The text is four letters that the replicas answer with.
    void declare(String text, int replicas, String more) {
        declare(text, "200 OK", replicas, more);
    }

    void declare(String text, String healthStatus, int replicas, String more) {
        String spec = """
                provider "local" {
                  regions        = { east = ["east-a", "east-b"] }
                  instance_types = { small = { accelerator = "CPU:1", on_demand = 0.10, spot = 0.03 } }
                }

                service "web" {
                  replica {
                    command = ["perl", "-e", "%s"]
                    port    = 8000
                  }

                  resources {
                    accelerators = ["CPU:1"]
                    locations    = ["local/*/*"]
                  }

                  readiness {
                    path          = "/health"
                    period        = "500ms"
                    initial_delay = "10s"
                  }

                  placement "spothedge" {
                    spares             = 0
                    on_demand_fallback = false
                  }

                  scaling {
                    min_replicas = %d
                    %s
                  }

                  endpoint {
                    port = %d
                  }
                }
                """.formatted(
                        SERVER.replace("TEXT", text)
                                .replace("STATUS", healthStatus)
                                .replace("MARK", slowRequest().toString()),
                        replicas,
                        more,
                        port);
        write(spec);
    }

    /// Whether a request for `/slow` has reached a replica.
    boolean slowRequestHasBegun() {
        return Files.exists(slowRequest());
    }

    private Path slowRequest() {
        return directory.resolve("slow-request-has-begun").toAbsolutePath();
    }

    /// Replaces the spec in one go, as editors do.
    void write(String spec) {
        try {
            Path fresh = Files.writeString(directory.resolve("web.hcl.new"), spec);
            Files.move(fresh, directory.resolve("web.hcl"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String spec() throws IOException {
        return Files.readString(directory.resolve("web.hcl"));
    }

    Background start(String... arguments) {
        return start(false, arguments);
    }

    Background start(boolean interactive, String... arguments) {
        Background process = Background.start(directory, interactive, arguments);
        running.add(process);
        return process;
    }

    Background watch(String... more) {
        List<String> arguments = new ArrayList<>(List.of("watch", "web.hcl", "-admin-port=0", "-drain-timeout=10s"));
        arguments.addAll(List.of(more));
        return start(more.length > 0 && more[0].equals("-approve=ask"), arguments.toArray(String[]::new));
    }

    /// Status and body of an answer, or what went wrong.
    String ask(String path) {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    void awaitAnswer(String expected) {
        Background.await(
                () -> expected + " from " + directory + ":\n"
                        + running.getLast().printed(),
                () -> ask("/").equals(expected));
    }

    LocalCloud cloud() {
        return new LocalCloud(directory.resolve("state/providers/local"));
    }

    int everRented() {
        try {
            return cloud().ledger().rentals().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int live() {
        return liveInstances().size();
    }

    /// The instances that are rented now.
    List<String> liveInstances() {
        try {
            return cloud().ledger().live().stream().map(Rental::instanceId).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        running.forEach(Background::close);
        cloud().stop();
        client.close();
    }
}
