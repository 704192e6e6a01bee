package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.daemon.LedgerFile;
import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.providers.simulated.Ledger;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The operator's side of a cloud in a box: what only its owner can do, and no cloud would let a customer do.
public final class LocalCloud {
    private static final Duration CALL_TIME = Duration.ofSeconds(10);
    private static final Duration STOP_TIME = Duration.ofSeconds(30);
    private static final Duration HUNG_UP_TIME = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    /// What a running daemon says of itself.
    ///
    /// @param pid of the daemon
    /// @param startedAt when it started
    /// @param live instances that it has
    /// @param processes of them that run
    /// @param spendMicroDollars all that was ever spent in it
    /// @param settings as text
    public record Status(
            long pid, Instant startedAt, int live, int processes, long spendMicroDollars, String settings) {}

    private final DaemonFiles files;

    public LocalCloud(Path directory) {
        this.files = new DaemonFiles(directory);
    }

    /// What the daemon says; empty if none runs, or if one ended instead of answering.
    ///
    /// @throws Silent if one runs that does not answer
    /// @throws IOException if it cannot be read where one is
    public Optional<Status> status() throws IOException {
        Optional<DaemonFiles.Address> address = files.readAddress();
        if (address.isEmpty() || !isAlive(address.get().pid())) {
            return Optional.empty();
        }
        try {
            Fields answer = new DaemonClient(address.get()).call("status", Map.of(), CALL_TIME);
            return Optional.of(new Status(
                    answer.number("pid"),
                    Instant.parse(answer.text("started_at")),
                    answer.smallNumber("live"),
                    answer.smallNumber("processes"),
                    answer.number("spend_micro_dollars"),
                    answer.text("settings")));
        } catch (ConnectException e) {
            return Optional.empty();
        } catch (SocketException e) {
            if (ends(address.get().pid(), HUNG_UP_TIME)) {
                return Optional.empty();
            }
            throw new Silent(address.get().pid(), e);
        } catch (IOException e) {
            throw new Silent(address.get().pid(), e);
        }
    }

    /// Whether a process ends in time. Whoever has ended already has; who is interrupted waits no longer.
    private static boolean ends(long pid, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        boolean alive = isAlive(pid);
        while (alive && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK.toNanos());
            alive = isAlive(pid);
        }
        return !alive;
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /// Ends all instances, then the daemon, and waits for it.
    ///
    /// @return whether one was running
    /// @throws IOException if it does not end in time
    public boolean stop() throws IOException {
        Optional<Status> running = status();
        if (running.isEmpty()) {
            return false;
        }
        long pid = running.get().pid();
        try {
            call("stop", Map.of());
        } catch (IOException e) {
            if (!ends(pid, HUNG_UP_TIME)) {
                throw e;
            }
        }
        if (!ends(pid, STOP_TIME)) {
            throw new IOException("Daemon " + pid + " did not end within " + STOP_TIME.toSeconds() + "s");
        }
        return true;
    }

    /// Everything ever rented, also when no daemon runs.
    public Ledger ledger() throws IOException {
        return new Ledger(LedgerFile.read(files.ledger()), entry -> {
            throw new IllegalStateException("Only the daemon writes the ledger");
        });
    }

    /// Takes an instance back.
    ///
    /// @return whether there was one to take
    public boolean preempt(String instanceId, Duration notice) throws IOException {
        return call("preempt", Wire.object("id", instanceId, "notice_millis", notice.toMillis()))
                        .number("preempted")
                > 0;
    }

    /// Takes all spot instances of a zone back.
    ///
    /// @return how many
    public int preemptZone(String location, Duration notice) throws IOException {
        return call("preempt", Wire.object("zone", location, "notice_millis", notice.toMillis()))
                .smallNumber("preempted");
    }

    /// Begins or ends an outage: nothing reaches these locations while it lasts.
    public void outage(String locations, boolean on) throws IOException {
        Fields answer = call("outage", Wire.object("locations", locations, "on", on));
        if (answer.flag("on") != on) {
            throw new IOException("The daemon did not do that");
        }
    }

    /// Breaks all event streams, so that clients must connect again.
    public void disturbEvents() throws IOException {
        Fields answer = call("disturb", Map.of());
        if (!answer.values().isEmpty()) {
            throw new IOException("Unexpected answer: " + answer);
        }
    }

    private Fields call(String name, Map<String, Object> request) throws IOException {
        DaemonFiles.Address address = files.readAddress()
                .orElseThrow(() -> new IOException("No cloud in a box runs in " + files.directory()));
        return new DaemonClient(address).call(name, request, CALL_TIME);
    }

    /// A daemon that runs, and does not answer.
    static final class Silent extends IOException {
        private static final long serialVersionUID = 1L;

        Silent(long pid, IOException cause) {
            super(
                    "The cloud in a box, process " + pid + ", did not answer within " + CALL_TIME.toSeconds() + "s ("
                            + cause.getMessage() + "); if it is stopped or hangs, end that process: the next command"
                            + " starts another one, which takes charge of its instances",
                    cause);
        }
    }
}
