package dev.skyhedge.providers.local;

import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Workload;
import dev.skyhedge.spi.conformance.ProviderConformance;
import dev.skyhedge.spi.conformance.ProviderHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

class LocalConformanceIT extends ProviderConformance {
    @TempDir
    static Path directory;

    @AfterAll
    static void stop() throws IOException {
        new LocalCloud(directory).stop();
    }

    @Override
    protected ProviderHarness open() {
        return new Harness(directory);
    }

    /// All tests share one daemon; each has clients and a lineage of its own.
    private static final class Harness implements ProviderHarness {
        private final Path directory;
        private final LocalCloud cloud;
        private final List<Provider> clients = new ArrayList<>();

        Harness(Path directory) {
            this.directory = directory;
            this.cloud = new LocalCloud(directory);
        }

        @Override
        public Provider provider() {
            return secondClient();
        }

        @Override
        public Provider secondClient() {
            clients.add(Box.open(directory));
            return clients.getLast();
        }

        @Override
        public Offer onDemandOffer() {
            return Box.offer(Market.ON_DEMAND);
        }

        @Override
        public Offer spotOffer() {
            return Box.offer(Market.SPOT);
        }

        @Override
        public Workload workload() {
            return new Workload(
                    Optional.empty(), List.of("sh", "-c", "echo ready; exec sleep 120"), 8000, new LinkedHashMap<>());
        }

        @Override
        public void letTimePass() {
            LockSupport.parkNanos(10_000_000);
        }

        @Override
        public Duration patience() {
            return Box.PATIENCE;
        }

        @Override
        public void preempt(String instanceId) {
            act(() -> cloud.preempt(instanceId, Duration.ofMillis(300)));
        }

        @Override
        public void cutOff(Location location) {
            act(() -> {
                cloud.outage(location.toString(), true);
                return true;
            });
        }

        @Override
        public void reconnect(Location location) {
            act(() -> {
                cloud.outage(location.toString(), false);
                return true;
            });
        }

        @Override
        public void disturbEvents() {
            act(() -> {
                cloud.disturbEvents();
                return true;
            });
        }

        @Override
        public boolean keepsLogs() {
            return true;
        }

        @Override
        public void close() {
            Provider last = secondClient();
            act(() -> {
                for (Rental rental : cloud.ledger().live()) {
                    Box.done(last.terminate(rental.instanceId(), rental.offer().location()));
                }
                return true;
            });
            clients.forEach(Provider::close);
        }

        private interface Act {
            boolean run() throws IOException;
        }

        private static void act(Act act) {
            try {
                if (!act.run()) {
                    throw new AssertionError("Nothing was there to act on");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
