package dev.skyhedge.state.records;

import dev.skyhedge.spi.Endpoint;
import java.time.Instant;
import java.util.Optional;

/// What a workload runs on a machine. Of a service it is called a replica.
///
/// @param key its workload, name and generation
/// @param version the version of what it runs
/// @param machine where it runs, or is to run
/// @param state where it is in its life
/// @param since when it entered that state
/// @param why why it is as it is, for people
/// @param endpoint where it is reached, once known
/// @param proof how far it has proven itself
/// @param trouble what went wrong with it and its earlier generations
/// @param endsAs the end that it will come to: [State#ENDED] unless something went wrong
public record Task(
        ReplicaKey key,
        String version,
        MachineKey machine,
        State state,
        Instant since,
        String why,
        Optional<Endpoint> endpoint,
        Proof proof,
        Trouble trouble,
        State endsAs) {
    public Task {
        if (endsAs.isLive()) {
            throw new IllegalArgumentException("A task does not end as " + endsAs);
        }
    }

    /// The life of a task, in order; the last two are ends.
    public enum State {
        /// Its machine is not there yet.
        WAITING,
        /// Its machine is there; it is not ready yet.
        STARTING,
        /// Probes pass, or did so until recently.
        READY,
        /// Gets nothing new to do; what it does may end.
        DRAINING,
        /// Ended because we wanted it to, or with its machine.
        ENDED,
        /// Ended, or never came to be, because something went wrong.
        FAILED;

        /// Whether it has not ended.
        public boolean isLive() {
            return switch (this) {
                case WAITING, STARTING, READY, DRAINING -> true;
                case ENDED, FAILED -> false;
            };
        }
    }

    /// How far a task has proven itself.
    ///
    /// @param readyAt when it was first ready
    /// @param health what probes said last of it; empty until it is ready, and where it was not kept
    /// @param provenAt when it had stayed healthy for `min_healthy`: from then on it counts in a roll-out
    public record Proof(Optional<Instant> readyAt, Optional<Health> health, Optional<Instant> provenAt) {
        /// Nothing is known.
        public static final Proof NONE = new Proof(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// What went wrong with a task.
    ///
    /// @param failures consecutive failed generations, this one included if it failed. Being ready does not make an
    ///     end of them, staying healthy does
    /// @param logTail the last lines that it wrote before it failed; empty if none are known
    public record Trouble(int failures, String logTail) {}

    /// The same task in this state since that time.
    public Task in(State next, Instant at) {
        return new Task(key, version, machine, next, at, why, endpoint, proof, trouble, endsAs);
    }

    /// The same task, which is as it is for this reason.
    public Task because(String reason) {
        return new Task(key, version, machine, state, since, reason, endpoint, proof, trouble, endsAs);
    }

    /// The same task, reached there.
    public Task at(Optional<Endpoint> place) {
        return new Task(key, version, machine, state, since, why, place, proof, trouble, endsAs);
    }

    /// The same task, which has proven itself so far.
    public Task with(Proof known) {
        return new Task(key, version, machine, state, since, why, endpoint, known, trouble, endsAs);
    }

    /// The same task, with which this went wrong.
    public Task with(Trouble known) {
        return new Task(key, version, machine, state, since, why, endpoint, proof, known, endsAs);
    }

    /// The same task, to come to this end.
    public Task endingAs(State end) {
        return new Task(key, version, machine, state, since, why, endpoint, proof, trouble, end);
    }

    /// The same task as one of another workload. Its name stays: the instance carries it as a tag.
    public Task of(String workload) {
        return new Task(
                new ReplicaKey(workload, key.name(), key.generation()),
                version,
                machine,
                state,
                since,
                why,
                endpoint,
                proof,
                trouble,
                endsAs);
    }
}
