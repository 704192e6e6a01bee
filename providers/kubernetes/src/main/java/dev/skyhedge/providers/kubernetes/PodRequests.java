package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.Pool;
import dev.skyhedge.spi.LaunchRequest;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a pod asks the scheduler for. A pod that asks for neither processors nor memory is the first that a node in
/// need ends, though it holds a GPU; so each asks for a little, which leaves the rest to whoever needs it.
final class PodRequests {
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final String DISK = "ephemeral-storage";
    private static final int MILLICORES_OF_A_CARD = 500;
    private static final int MIB_OF_A_CARD = 1024;
    private static final int MIB_OF_A_PROCESSOR = 256;

    private PodRequests() {}

    static SequencedMap<String, Quantity> of(LaunchRequest request, Pool pool) {
        int count = pool.accelerator().count();
        SequencedMap<String, Quantity> requests = new LinkedHashMap<>();
        if (pool.hasGpu()) {
            requests.put(pool.needs().gpuResource(), new Quantity(Integer.toString(count)));
            requests.put(CPU, new Quantity(MILLICORES_OF_A_CARD * count + "m"));
            requests.put(MEMORY, new Quantity(MIB_OF_A_CARD * count + "Mi"));
        } else {
            requests.put(CPU, new Quantity(Integer.toString(count)));
            requests.put(MEMORY, new Quantity(MIB_OF_A_PROCESSOR * count + "Mi"));
        }
        request.least().ifPresent(least -> {
            most(requests, CPU, new Quantity(Integer.toString(least.vcpus())));
            most(requests, MEMORY, new Quantity(least.memoryMib() + "Mi"));
        });
        pool.needs().cpu().ifPresent(cpu -> set(request, requests, CPU, new Quantity(cpu)));
        pool.needs().memory().ifPresent(memory -> set(request, requests, MEMORY, new Quantity(memory)));
        // A request only: whoever writes more is not evicted while the node has room.
        request.diskGb().ifPresent(gb -> requests.put(DISK, new Quantity(gb + "Gi")));
        return requests;
    }

    /// What the settings say wins over what is asked for without them, and not over what the service needs.
    private static void set(
            LaunchRequest request, SequencedMap<String, Quantity> requests, String resource, Quantity given) {
        if (request.least().isPresent()) {
            most(requests, resource, given);
        } else {
            requests.put(resource, given);
        }
    }

    private static void most(SequencedMap<String, Quantity> requests, String resource, Quantity quantity) {
        requests.merge(
                resource,
                quantity,
                (one, other) -> one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0 ? other : one);
    }
}
