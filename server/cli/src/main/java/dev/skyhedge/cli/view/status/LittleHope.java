package dev.skyhedge.cli.view.status;

import dev.skyhedge.cli.view.Words;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.util.Comparator;
import java.util.Optional;

/// What to tell of a service whose replicas fail again and again.
final class LittleHope {
    private LittleHope() {}

    /// Empty if there is none.
    static Optional<String> text(StatusReport.Service service) {
        if (service.condition() != ServiceCondition.FAILED) {
            return Optional.empty();
        }
        int most = service.replicas().stream()
                .mapToInt(ReplicaRecord::failures)
                .max()
                .orElse(0);
        String last = service.replicas().stream()
                .filter(replica -> replica.lifecycle() == Lifecycle.FAILED)
                .max(Comparator.comparing(ReplicaRecord::since))
                .map(replica -> "; last " + replica.name() + ": " + replica.reason())
                .orElse("");
        return Optional.of(Words.clean(service.record().address()) + ": its replicas have failed "
                + Words.grouped(most) + " times in a row and none serves" + Words.clean(last)
                + ". It is tried again ever more slowly. Correct the service and apply again.");
    }
}
