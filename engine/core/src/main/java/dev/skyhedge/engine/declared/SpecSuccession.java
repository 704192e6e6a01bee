package dev.skyhedge.engine.declared;

import dev.skyhedge.specs.Spec;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether what the files of a spec say now comes into force. A file that only happens to be there is no order: it
/// may be half written, away for a moment, or older than what somebody else has put in force. Pure.
public final class SpecSuccession {
    /// So long files without a workload must stay as they are before it goes.
    public static final Duration STEADY = Duration.ofSeconds(10);

    /// So many looks must have found them like that.
    public static final int STEADY_LOOKS = 3;

    /// What the files say.
    ///
    /// @param spec as read
    /// @param digest of their contents
    /// @param changedAt when they got these contents, as far as is known
    /// @param steadyFor how long they have had these contents while somebody looked
    /// @param looks that found them like that
    public record Files(Spec spec, String digest, Instant changedAt, Duration steadyFor, int looks) {}

    /// What becomes of them.
    public sealed interface Decision {
        /// They come into force.
        ///
        /// @param agreed workloads that may go
        /// @param kept names of workloads that they do not declare, and that stay all the same
        record Follow(Set<String> agreed, List<String> kept) implements Decision {
            public Follow {
                agreed = Set.copyOf(agreed);
                kept = List.copyOf(kept);
            }
        }

        /// They might, if they stay as they are.
        ///
        /// @param gone names of workloads that would go
        /// @param remaining how long at least
        record Wait(List<String> gone, Duration remaining) implements Decision {
            public Wait {
                gone = List.copyOf(gone);
            }
        }

        /// They do not: what is in force in the state stays.
        record Older(SpecInForce inForce) implements Decision {}

        /// They do not, since they declare nothing while the state has workloads.
        record Empty(List<String> recorded) implements Decision {
            public Empty {
                recorded = List.copyOf(recorded);
            }
        }
    }

    private SpecSuccession() {}

    /// At the start of a watch, and when it takes over from another one.
    ///
    /// @param confirmed workloads that a person said may go
    public static Decision atStart(Files files, Snapshot snapshot, Set<String> confirmed) {
        if (declaresNothing(files.spec(), snapshot, confirmed)) {
            return new Decision.Empty(names(snapshot.services()));
        }
        Optional<SpecInForce> inForce = snapshot.specInForce();
        boolean same =
                inForce.filter(spec -> spec.digest().equals(files.digest())).isPresent();
        if (same || inForce.isEmpty() || isOrder(files, snapshot, inForce.get())) {
            Set<String> agreed = new HashSet<>(confirmed);
            // Their end was agreed to when this very spec was put in force, and may have been cut short.
            inForce.filter(_ -> same).ifPresent(spec -> agreed.addAll(spec.removing()));
            return follow(files.spec(), snapshot, agreed);
        }
        return new Decision.Older(inForce.get());
    }

    /// While it watches and the files have changed.
    ///
    /// @param before names of the workloads that the files declared when they were last followed
    /// @param confirmed workloads that a person said may go
    public static Decision afterChange(Files files, Set<String> before, Snapshot snapshot, Set<String> confirmed) {
        if (declaresNothing(files.spec(), snapshot, confirmed)) {
            return new Decision.Empty(names(snapshot.services()));
        }
        List<String> gone = names(UndeclaredWorkloads.of(files.spec(), snapshot.services())).stream()
                .filter(before::contains)
                .filter(name -> !confirmed.contains(name))
                .toList();
        Duration remaining = STEADY.minus(files.steadyFor());
        if (!gone.isEmpty() && (remaining.isPositive() || files.looks() < STEADY_LOOKS)) {
            return new Decision.Wait(gone, remaining.isPositive() ? remaining : Duration.ZERO);
        }
        Set<String> agreed = new HashSet<>(confirmed);
        agreed.addAll(gone);
        return follow(files.spec(), snapshot, agreed);
    }

    private static Decision follow(Spec spec, Snapshot snapshot, Set<String> agreed) {
        List<String> kept = names(UndeclaredWorkloads.of(spec, snapshot.services())).stream()
                .filter(name -> !agreed.contains(name))
                .toList();
        return new Decision.Follow(agreed, kept);
    }

    /// Files that are newer than what is in force, are about other workloads, or say what is recorded anyway.
    private static boolean isOrder(Files files, Snapshot snapshot, SpecInForce inForce) {
        return files.changedAt().isAfter(inForce.at())
                || snapshot.services().stream()
                        .noneMatch(record -> files.spec().workloads().containsKey(record.name()))
                || saysWhatIsRecorded(files.spec(), snapshot.services());
    }

    private static boolean saysWhatIsRecorded(Spec spec, List<WorkloadRecord> recorded) {
        Declarations declared = Declarations.of(spec);
        // Of other kinds nothing is known here: their files have to be newer, or the very ones in force.
        return spec.workloads().size() == declared.services().size()
                && declared.services().size() == recorded.size()
                && declared.services().stream()
                        .allMatch(one -> recorded.stream()
                                .anyMatch(record ->
                                        record.name().equals(one.spec().name())
                                                && record.specJson().equals(one.json())));
    }

    private static boolean declaresNothing(Spec spec, Snapshot snapshot, Set<String> confirmed) {
        return spec.workloads().isEmpty()
                && !confirmed.containsAll(names(UndeclaredWorkloads.of(spec, snapshot.services())));
    }

    private static List<String> names(List<WorkloadRecord> services) {
        return services.stream().map(WorkloadRecord::name).toList();
    }
}
