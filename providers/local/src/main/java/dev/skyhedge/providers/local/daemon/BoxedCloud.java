package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.Machines;
import dev.skyhedge.spi.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// The cloud under a real clock: a thread makes its time pass whenever something is due, and every call finds
/// it at the present.
final class BoxedCloud {
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);
    private static final Duration LAST_WAIT = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final int EXIT_FAILED = 4;

    private final InstantSource clock;
    private final Cloud cloud;
    private final ProcessMachines machines;
    private final Duration grace;
    private final CountDownLatch built = new CountDownLatch(1);
    private final Thread driver;
    private volatile boolean ended;

    BoxedCloud(
            CloudDescription description,
            Function<Machines.Reports, ProcessMachines> maker,
            Ledger ledger,
            InstantSource clock,
            Duration grace) {
        this.clock = clock;
        this.grace = grace;
        AtomicReference<ProcessMachines> made = new AtomicReference<>();
        this.cloud = new Cloud(
                description,
                reports -> {
                    ProcessMachines one = maker.apply(new PresentReports(reports));
                    made.set(one);
                    return one;
                },
                ledger,
                clock.instant());
        this.machines = Objects.requireNonNull(made.get());
        this.driver = Thread.ofPlatform().daemon().name("cloud-clock").unstarted(this::drive);
        built.countDown();
    }

    void start() {
        driver.start();
    }

    /// The cloud, at the present.
    Cloud now() {
        cloud.advanceTo(clock.instant());
        LockSupport.unpark(driver);
        return cloud;
    }

    int processes() {
        return machines.count();
    }

    /// A cloud that cannot write its ledger must not go on: the daemon ends, and its instances with it. The
    /// next one finds out which of them were not written down as ended.
    private void orFail(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            System.err.println("The cloud in a box ends: " + e);
            if (!ended) {
                ended = true;
                Thread.ofPlatform().start(() -> System.exit(EXIT_FAILED));
            }
        }
    }

    private void drive() {
        while (!ended) {
            orFail(() -> cloud.advanceTo(clock.instant()));
            machines.trimLogs();
            Duration rest = cloud.nextDue()
                    .map(due -> Duration.between(clock.instant(), due))
                    .filter(until -> until.compareTo(LONGEST_REST) < 0)
                    .orElse(LONGEST_REST);
            if (rest.isPositive()) {
                LockSupport.parkNanos(rest.toNanos());
            }
        }
    }

    /// Ends all instances: SIGTERM, SIGKILL after the grace. When it returns, no process is left.
    void shutDown() {
        if (!awaitEmpty(clock.instant().plus(grace).plus(LAST_WAIT))) {
            machines.killAll();
            if (!awaitEmpty(clock.instant().plus(LAST_WAIT))) {
                System.err.println(machines.count() + " instances could not be ended");
            }
        }
        ended = true;
        LockSupport.unpark(driver);
    }

    /// What was still being launched is ended as soon as it is there.
    private boolean awaitEmpty(Instant deadline) {
        while (now().terminateAll() > 0 || machines.count() > 0) {
            if (clock.instant().isAfter(deadline)) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    /// Lets the cloud's time catch up before it is told anything.
    private final class PresentReports implements Machines.Reports {
        private final Machines.Reports reports;

        PresentReports(Machines.Reports reports) {
            this.reports = reports;
        }

        @Override
        public boolean running(String instanceId, Endpoint endpoint, String machine) {
            present();
            return reports.running(instanceId, endpoint, machine);
        }

        @Override
        public void gone(String instanceId, String detail) {
            orFail(() -> {
                present();
                reports.gone(instanceId, detail);
            });
        }

        /// An adopted machine may end while the cloud is still being built around it.
        private void present() {
            try {
                built.await();
                now();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
