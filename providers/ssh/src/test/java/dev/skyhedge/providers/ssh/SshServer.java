package dev.skyhedge.providers.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// An OpenSSH server on loopback with keys of its own, run by whoever runs the test.
final class SshServer implements AutoCloseable {
    static final Path SSHD = Path.of("/usr/sbin/sshd");

    final int port;
    final Path identity;
    final Path known;
    private final Path config;
    private final Path log;
    private Process process;

    SshServer(Path directory, int port) throws Exception {
        this.port = port;
        identity = key(directory.resolve("client-" + port));
        Path hostKey = key(directory.resolve("host-" + port));
        known = directory.resolve("known-" + port);
        log = directory.resolve("sshd-" + port + ".log");
        trust(hostKey);
        config = Files.writeString(
                directory.resolve("sshd-" + port), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s.pub
                PidFile none
                UsePAM no
                StrictModes no
                PasswordAuthentication no
                MaxStartups 100
                SetEnv PATH=%s:/usr/local/bin:/usr/bin:/bin
                """.formatted(port, hostKey, identity, directory.resolve("bin")));
        process = start();
    }

    /// Has clients expect this key of the server.
    void trust(Path key) throws IOException {
        Files.writeString(known, "[127.0.0.1]:" + port + " " + Files.readString(Path.of(key + ".pub")));
    }

    static Path key(Path file) throws Exception {
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .start()
                .waitFor();
        return file;
    }

    private Process start() throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd")); // where it locks up what it does before anybody logged in
        }
        Process started = new ProcessBuilder(
                        List.of(SSHD.toString(), "-D", "-f", config.toString(), "-E", log.toString()))
                .start();
        awaitListening();
        return started;
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    void stop() {
        process.destroy();
        process.onExit().join();
    }

    void ensureRunning() {
        if (!process.isAlive()) {
            try {
                restart();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void restart() throws IOException {
        process = start();
    }

    @Override
    public void close() {
        stop();
    }
}
