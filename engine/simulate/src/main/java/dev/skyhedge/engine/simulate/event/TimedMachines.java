package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.providers.simulated.Machines;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Imagined machines that take their time to boot. Each has an address of its own for as long as it runs.
final class TimedMachines implements Machines {
    private static final int HOSTS_PER_BYTE = 256;

    private final Reports reports;
    private final Agenda agenda;
    private final InstantSource clock;
    private final Lags lags;
    private final RandomGenerator random;
    private final Consumer<Endpoint> lost;
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<Endpoint, Offer> running = new HashMap<>();
    private long ordinal;

    /// @param clock the cloud's, which is not there yet when its machines are made
    /// @param lost is told of each machine that stops running
    TimedMachines(
            Reports reports,
            Agenda agenda,
            InstantSource clock,
            Lags lags,
            RandomGenerator random,
            Consumer<Endpoint> lost) {
        this.reports = reports;
        this.agenda = agenda;
        this.clock = clock;
        this.lags = lags;
        this.random = random;
        this.lost = lost;
    }

    /// What runs at an address; empty if nothing does.
    Optional<Offer> at(Endpoint endpoint) {
        return Optional.ofNullable(running.get(endpoint));
    }

    @Override
    public void start(Instance instance, Workload workload) {
        boolean spot = instance.offer().market() == Market.SPOT;
        Instant up = clock.instant().plus((spot ? lags.spotBoot() : lags.onDemandBoot()).draw(random));
        Endpoint endpoint = new Endpoint(address(++ordinal), workload.port());
        agenda.at(up, () -> {
            if (reports.running(instance.id(), endpoint, "")) {
                endpoints.put(instance.id(), endpoint);
                running.put(endpoint, instance.offer());
            }
        });
    }

    @Override
    public void stop(String instanceId) {
        Endpoint endpoint = endpoints.remove(instanceId);
        if (endpoint != null) {
            running.remove(endpoint);
            lost.accept(endpoint);
        }
        reports.gone(instanceId, "");
    }

    @Override
    public boolean adopt(Instance instance, String machine) {
        instance.endpoint().ifPresent(endpoint -> {
            endpoints.put(instance.id(), endpoint);
            running.put(endpoint, instance.offer());
        });
        return true;
    }

    @Override
    public Outcome<LogPage> logs(Instance instance, long offset, int maxBytes) {
        return Outcome.done(new LogPage("", 0, !instance.isLive()));
    }

    private static String address(long number) {
        return "10." + number / HOSTS_PER_BYTE / HOSTS_PER_BYTE % HOSTS_PER_BYTE + "."
                + number / HOSTS_PER_BYTE % HOSTS_PER_BYTE + "." + number % HOSTS_PER_BYTE;
    }
}
