package dev.skyhedge.providers.simulated;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/// Machines that are only imagined: they run and end at once, and log what a test says.
public final class VirtualMachines implements Machines {
    private static final int HOSTS_PER_BYTE = 256;

    private final Reports reports;
    private final BiFunction<Instance, Workload, Endpoint> endpoints;
    private final boolean logsEnd;
    private final Map<String, String> logs = new ConcurrentHashMap<>();

    private VirtualMachines(Reports reports, BiFunction<Instance, Workload, Endpoint> endpoints, boolean logsEnd) {
        this.reports = reports;
        this.endpoints = endpoints;
        this.logsEnd = logsEnd;
    }

    /// Machines with made-up addresses in `10.0.0.0/8`.
    public static Maker withMadeUpAddresses() {
        AtomicLong next = new AtomicLong(1);
        return withEndpoints((instance, workload) -> new Endpoint(address(next.getAndIncrement()), workload.port()));
    }

    /// Machines at given endpoints, such as those of real servers in a test.
    public static Maker withEndpoints(BiFunction<Instance, Workload, Endpoint> endpoints) {
        return reports -> new VirtualMachines(reports, endpoints, true);
    }

    /// The same with serial consoles for logs, as some clouds have them: nobody knows whether more will come.
    public static Maker withConsoles(BiFunction<Instance, Workload, Endpoint> endpoints) {
        return reports -> new VirtualMachines(reports, endpoints, false);
    }

    private static String address(long ordinal) {
        return "10." + ordinal / HOSTS_PER_BYTE / HOSTS_PER_BYTE % HOSTS_PER_BYTE + "."
                + ordinal / HOSTS_PER_BYTE % HOSTS_PER_BYTE + "." + ordinal % HOSTS_PER_BYTE;
    }

    /// Adds to an instance's log.
    void say(String instanceId, String text) {
        logs.merge(instanceId, text, String::concat);
    }

    @Override
    public void start(Instance instance, Workload workload) {
        if (!reports.running(instance.id(), endpoints.apply(instance, workload), "")) {
            reports.gone(instance.id(), "");
        }
    }

    @Override
    public void stop(String instanceId) {
        reports.gone(instanceId, "");
    }

    @Override
    public boolean adopt(Instance instance, String machine) {
        return true;
    }

    @Override
    public Outcome<LogPage> logs(Instance instance, long offset, int maxBytes) {
        byte[] all = logs.getOrDefault(instance.id(), "").getBytes(StandardCharsets.UTF_8);
        int start = (int) Math.clamp(offset < 0 ? all.length + offset : offset, 0, all.length);
        int end = Math.min(all.length, start + Math.max(0, maxBytes));
        String text = new String(all, start, end - start, StandardCharsets.UTF_8);
        return Outcome.done(new LogPage(text, end, logsEnd && !instance.isLive() && end == all.length));
    }
}
