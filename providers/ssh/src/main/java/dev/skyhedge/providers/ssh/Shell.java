package dev.skyhedge.providers.ssh;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Runs a script on a machine by the system's `ssh`, which gets it by standard input: no list of processes shows it.
/// A machine whose key is not known is refused. Nobody is asked for a password.
final class Shell {
    /// Of a whole call, beyond the time to connect: ends three seconds after what a claim waits for its lock.
    static final Duration CALL = Duration.ofSeconds(20);

    /// With which `ssh` ends if it is its own failure; scripts end with 0.
    private static final int OWN_FAILURE = 255;

    /// What `ssh` says before there is a connection. Whatever else it says, the script may have run.
    private static final Pattern NEVER_RAN = Pattern.compile(
            "ssh: connect to host|Could not resolve hostname|during banner exchange|kex_exchange_identification");

    private static final Pattern REFUSED =
            Pattern.compile("Host key verification failed|: Permission denied \\(|Too many authentication failures");

    private final SshSettings settings;

    Shell(SshSettings settings) {
        this.settings = settings;
    }

    /// What the script wrote. Fails with [Failure.UnsupportedHere] about the machine if it was not let in, with
    /// [Failure.NoCapacity] about it if it cannot be reached, and else with [Failure.OutcomeUnknown].
    Outcome<byte[]> run(Host host, String script) {
        Process process;
        try {
            process = new ProcessBuilder(command(host)).start();
        } catch (IOException e) {
            return Outcome.failed(new Failure.Denied("the program ssh cannot be started: " + e.getMessage()));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), threads);
            var err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), threads);
            threads.execute(() -> write(process, script));
            Duration most = CALL.plusSeconds(settings.connectTimeoutSeconds());
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Outcome.failed(
                        new Failure.OutcomeUnknown(host.name() + " gave no answer in " + most.toSeconds() + " s"));
            }
            byte[] answer = out.join();
            return process.exitValue() == 0
                    ? Outcome.done(answer)
                    : Outcome.failed(
                            failure(host, process.exitValue(), new String(err.join(), StandardCharsets.UTF_8)));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return Outcome.failed(new Failure.OutcomeUnknown("interrupted while asking " + host.name()));
        } catch (CompletionException e) {
            return Outcome.failed(new Failure.OutcomeUnknown("the answer of " + host.name() + " broke off"));
        } finally {
            process.destroyForcibly();
        }
    }

    static Failure failure(Host host, int exitCode, String error) {
        String why = error.strip().replaceAll("\\s+", " ");
        String message = "ssh to " + host.name() + " (" + host.address() + "): " + why;
        if (exitCode == OWN_FAILURE && REFUSED.matcher(error).find()) {
            return new Failure.UnsupportedHere(host.scope(), message);
        }
        return exitCode == OWN_FAILURE && NEVER_RAN.matcher(error).find()
                ? new Failure.NoCapacity(host.scope(), message)
                : new Failure.OutcomeUnknown(message);
    }

    List<String> command(Host host) {
        List<String> words = new ArrayList<>(List.of("ssh", "-T"));
        for (String option : List.of(
                "BatchMode=yes",
                "StrictHostKeyChecking=yes",
                "ConnectTimeout=" + settings.connectTimeoutSeconds(),
                "ServerAliveInterval=5",
                "ServerAliveCountMax=2")) {
            words.addAll(List.of("-o", option));
        }
        settings.knownHosts().ifPresent(file -> words.addAll(List.of("-o", "UserKnownHostsFile=" + file)));
        settings.identityFile().ifPresent(file -> words.addAll(List.of("-i", file)));
        host.user().ifPresent(user -> words.addAll(List.of("-l", user)));
        if (host.port() > 0) {
            words.addAll(List.of("-p", Integer.toString(host.port())));
        }
        words.addAll(List.of("--", host.address(), "sh", "-s"));
        return words;
    }

    private static byte[] read(InputStream from) {
        try (from) {
            return from.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Process process, String script) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // It has ended, and says why by its exit code.
            return;
        }
    }
}
