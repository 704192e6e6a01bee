package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.CappedLog;
import dev.skyhedge.providers.local.DaemonFiles;
import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.settings.CloudSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The daemon's main class: `LocalCloudDaemon DIRECTORY`.
///
/// It ends on SIGTERM or when told to stop, and takes all its instances with it; and once nobody needs it. If it is
/// killed, they stay; the next daemon of the same directory takes charge of those that still run.
public final class LocalCloudDaemon {
    /// Exit code when another daemon has the directory.
    public static final int EXIT_BUSY = 3;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LOCK_TIME = Duration.ofSeconds(10);
    private static final long LOG_CAP_BYTES = 16L << 20;
    private static final long DAEMON_LOG_CAP_BYTES = 1L << 20;
    private static final Duration LOG_LOOK = Duration.ofMinutes(1);
    private static final int SECRET_BYTES = 32;
    private static final String NAME = "local";
    private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

    /// How long a cloud stays that nobody needs, as `PT10M`.
    public static final String IDLE_PROPERTY = "skyhedge.local.idle";

    private static final Duration IDLE = Duration.ofMinutes(10);

    private LocalCloudDaemon() {}

    /// Runs until told to stop.
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        System.setProperty("sun.net.httpserver.nodelay", "true");
        DaemonFiles files = new DaemonFiles(Path.of(args[0]));
        files.create();
        FileChannel lockFile = FileChannel.open(DaemonFiles.createFile(files.daemonLock()), StandardOpenOption.WRITE);
        // One that ends no longer answers, and has its directory for a moment more.
        Optional<FileLock> lock = DaemonFiles.lock(lockFile, LOCK_TIME);
        if (lock.isPresent()) {
            run(files, lock.get());
        } else {
            System.err.println("Another daemon runs this cloud");
            System.exit(EXIT_BUSY);
        }
    }

    private static void run(DaemonFiles files, FileLock lock) throws IOException {
        InstantSource clock = Clock.systemUTC();
        String settings = DaemonFiles.read(files.settings()).orElse("{}");
        CloudSettings read = CloudSettings.read(NAME, Json.read(settings).values());
        if (!read.problems().isEmpty()) {
            throw new IOException("Bad settings: " + read.problems());
        }
        CloudDescription description = read.build(marketOrigin(files, clock.instant()));
        LedgerFile ledgerFile = LedgerFile.open(
                files.ledger(), Carrying.after(clock, description.rules().endedRetention()));
        Ledger ledger = new Ledger(LedgerFile.read(files.ledger()), ledgerFile::append);
        BoxedCloud cloud = box(files, description, ledger, clock);
        String secret = secret();
        CloudCalls calls = new CloudCalls(cloud, settings, clock.instant(), LocalCloudDaemon::exit);
        Idleness idleness = new Idleness(System::nanoTime, idle());
        CloudServer server = new CloudServer(cloud, calls, idleness, secret);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            calls.refuseLaunches();
            end(files, cloud, server, ledgerFile, lock);
        }));
        cloud.start();
        keepShort(new CappedLog(files.daemonLog(), DAEMON_LOG_CAP_BYTES));
        int port = server.start();
        files.writeAddress(new DaemonFiles.Address(port, ProcessHandle.current().pid(), secret));
        endWhenIdle(idleness, cloud, calls, server);
    }

    private static Duration idle() {
        return Optional.ofNullable(System.getProperty(IDLE_PROPERTY))
                .map(Duration::parse)
                .orElse(IDLE);
    }

    /// The next command that needs the cloud starts it again; its market and its ledger go on.
    private static void endWhenIdle(Idleness idleness, BoxedCloud cloud, CloudCalls calls, CloudServer server) {
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("idleness").factory());
        Runnable look = () -> {
            if (idleness.isOver(cloud.now().ledger().live().size(), server.listeners())) {
                calls.stopIfEmpty();
            }
        };
        looks.scheduleWithFixedDelay(look, LOOK_AFTER.toSeconds(), LOOK_AFTER.toSeconds(), TimeUnit.SECONDS);
    }

    /// Only its owner writes its log, but a daemon may run for months, and say the same every second.
    private static void keepShort(CappedLog log) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("daemon-log").factory());
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        log.trim();
                    } catch (IOException e) {
                        System.err.println("The daemon's log could not be trimmed: " + e.getMessage());
                    }
                },
                0,
                LOG_LOOK.toSeconds(),
                TimeUnit.SECONDS);
    }

    private static BoxedCloud box(DaemonFiles files, CloudDescription description, Ledger ledger, InstantSource clock) {
        InstanceLogs logs = new InstanceLogs(files.logs(), LOG_CAP_BYTES);
        Ports ports = new Ports(new SecureRandom());
        Optional<String> programs = Optional.ofNullable(System.getenv("SKYHEDGE_BIN"));
        return new BoxedCloud(
                description,
                reports -> new ProcessMachines(reports, ports, logs, programs, GRACE),
                ledger,
                clock,
                GRACE);
    }

    /// A market goes on over restarts instead of beginning anew.
    private static Instant marketOrigin(DaemonFiles files, Instant now) throws IOException {
        Optional<String> written = DaemonFiles.read(files.marketOrigin());
        if (written.isPresent()) {
            return Instant.parse(written.get().strip());
        }
        DaemonFiles.replace(files.marketOrigin(), now + "\n");
        return now;
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void exit() {
        Thread.ofPlatform().start(() -> System.exit(0));
    }

    private static void end(DaemonFiles files, BoxedCloud cloud, CloudServer server, LedgerFile ledger, FileLock lock) {
        cloud.shutDown();
        server.stop();
        try {
            Files.deleteIfExists(files.address());
            ledger.close();
            lock.channel().close();
        } catch (IOException e) {
            System.err.println("While ending: " + e.getMessage());
        }
    }
}
