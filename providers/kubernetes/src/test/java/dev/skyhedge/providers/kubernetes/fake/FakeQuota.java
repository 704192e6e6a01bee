package dev.skyhedge.providers.kubernetes.fake;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// The quota of a namespace: how much of a resource, such as `pods`, all its pods may have.
final class FakeQuota {
    private static final String GPUS = "requests.nvidia.com/gpu";

    private final SortedMap<String, Long> limits = new TreeMap<>();

    void limit(String resource, long most) {
        limits.put(resource, most);
    }

    SortedMap<String, Long> limits() {
        return new TreeMap<>(limits);
    }

    SortedMap<String, Long> used(Collection<FakePod> pods) {
        SortedMap<String, Long> used = new TreeMap<>();
        limits.keySet().forEach(resource -> used.put(resource, used(resource, pods)));
        return used;
    }

    /// @throws Refusal if there is no room for one more
    void check(FakePod pod, Collection<FakePod> pods) {
        limits.forEach((resource, most) -> {
            long wanted = needed(resource, pod);
            long used = used(resource, pods);
            if (used + wanted > most) {
                throw new Refusal(
                        403,
                        "Forbidden",
                        "pods \"" + pod.name() + "\" is forbidden: exceeded quota: team, requested: " + resource + "="
                                + wanted + ", used: " + resource + "=" + used + ", limited: " + resource + "=" + most);
            }
        });
    }

    private static long used(String resource, Collection<FakePod> pods) {
        return pods.stream()
                .filter(pod -> !pod.isOver())
                .mapToLong(pod -> needed(resource, pod))
                .sum();
    }

    private static long needed(String resource, FakePod pod) {
        return resource.equals(GPUS) ? pod.limit("nvidia.com/gpu") : 1;
    }
}
