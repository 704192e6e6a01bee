package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Makes the resource groups that machines are put into. An empty one costs nothing; it stays. Thread-safe.
final class Groups {
    private final ComputeCalls calls;
    private final Set<String> there = ConcurrentHashMap.newKeySet();

    Groups(ComputeCalls calls) {
        this.calls = calls;
    }

    /// Makes sure that the group is there, once for the life of this client.
    ///
    /// @return why it is not, as far as can be told; the launch itself then shows whether that matters, as
    ///     it does not behind an endpoint without groups or where others may not look at them
    Optional<Failure> require(String group, LaunchRequest request) {
        if (there.contains(group)) {
            return Optional.empty();
        }
        Outcome<ResourceGroupInner> found = calls.group(group);
        if (found instanceof Outcome.Failed<ResourceGroupInner>(Failure.NotFound absent)) {
            found = calls.makeGroup(
                    group,
                    request.offer().location().region(),
                    Map.of(CloudTags.LINEAGE, CloudTags.encode(request.tags().lineage())));
        }
        return switch (found) {
            case Outcome.Done<ResourceGroupInner> done -> {
                there.add(group);
                yield Optional.empty();
            }
            case Outcome.Failed<ResourceGroupInner>(Failure failure) -> Optional.of(failure);
        };
    }

    /// A group that was there is there no more.
    void lost(String group) {
        there.remove(group);
    }
}
