package dev.skyhedge.providers.local;

import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.providers.local.daemon.LocalCloudDaemon;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.spi.Provider;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Starts a daemon in a session of its own, one at a time, whoever else tries.
final class DaemonStarter {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOG_LINES = 5;
    private static final String NO_SETTINGS = "{}";

    private final DaemonFiles files;
    private final LocalCloud cloud;

    DaemonStarter(DaemonFiles files) {
        this.files = files;
        this.cloud = new LocalCloud(files.directory());
    }

    /// Returns once a daemon with these settings answers. Whoever gives none, such as a command that only reads logs,
    /// means the cloud as it was set up before.
    ///
    /// @throws SettingsDiffer if one with other settings has instances
    /// @throws IOException if none can be started; says why
    void start(String given) throws IOException {
        files.create();
        String settings =
                given.equals(NO_SETTINGS) ? DaemonFiles.read(files.settings()).orElse(given) : given;
        try (FileChannel channel =
                        FileChannel.open(DaemonFiles.createFile(files.startLock()), StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IOException("The lock " + files.startLock() + " was lost");
            }
            Optional<LocalCloud.Status> running = cloud.status();
            if (running.isPresent() && !running.get().settings().equals(settings)) {
                replace(running.get());
                running = Optional.empty();
            }
            if (running.isEmpty()) {
                writeSettings(settings);
                await(spawn());
            }
        }
    }

    private void replace(LocalCloud.Status running) throws IOException {
        if (running.live() > 0) {
            throw new SettingsDiffer(running.live());
        }
        cloud.stop();
    }

    private void writeSettings(String settings) throws IOException {
        if (!DaemonFiles.read(files.settings()).equals(Optional.of(settings))) {
            DaemonFiles.replace(files.settings(), settings);
            Files.deleteIfExists(files.marketOrigin());
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        return DaemonFiles.lock(channel, PATIENCE)
                .orElseThrow(() -> new IOException(
                        "Another process has been starting the cloud in a box for " + PATIENCE.toSeconds() + "s"));
    }

    private Process spawn() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
        Optional.ofNullable(System.getProperty(LocalCloudDaemon.IDLE_PROPERTY))
                .ifPresent(idle -> command.add("-D" + LocalCloudDaemon.IDLE_PROPERTY + "=" + idle));
        command.addAll(List.of(
                "-cp",
                classPath(),
                LocalCloudDaemon.class.getName(),
                files.directory().toAbsolutePath().toString()));
        return new ProcessBuilder(Sessions.own(command))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        DaemonFiles.createFile(files.daemonLog()).toFile()))
                .start();
    }

    /// The jars of exactly what the daemon uses, wherever this class was loaded from.
    private static String classPath() throws IOException {
        SequencedSet<String> paths = new LinkedHashSet<>();
        for (Class<?> one : List.of(
                LocalCloudDaemon.class,
                Cloud.class,
                Provider.class,
                JsonFactory.class,
                ObjectMapper.class,
                JsonView.class)) {
            CodeSource source = one.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new IOException("It is not known where " + one.getName() + " was loaded from");
            }
            try {
                paths.add(Path.of(source.getLocation().toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IOException("Not a file: " + source.getLocation(), e);
            }
        }
        return String.join(File.pathSeparator, paths);
    }

    private void await(Process daemon) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (cloud.status().isEmpty()) {
            if (!daemon.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("The daemon of the cloud in a box did not start: " + lastWords());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private String lastWords() throws IOException {
        try (Stream<String> lines = Files.lines(files.daemonLog())) {
            List<String> all = lines.toList();
            return String.join(" | ", all.subList(Math.max(0, all.size() - LOG_LINES), all.size()));
        }
    }

    /// A daemon with other settings cannot be replaced because it has instances.
    static final class SettingsDiffer extends IOException {
        private static final long serialVersionUID = 1L;

        SettingsDiffer(int live) {
            super("The cloud in a box has " + live + " instances and was started with other settings; end them, or stop"
                    + " it with: skyhedge local-cloud stop");
        }
    }
}
