package dev.skyhedge.state.records;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.Optional;

/// One generation of a replica: a service's task, and the machine that it has for itself. Its lifecycle is read off
/// both.
///
/// @param task what runs
/// @param machine where
public record ReplicaRecord(Task task, Machine machine) {
    public ReplicaRecord {
        if (!task.machine().equals(machine.key())) {
            throw new IllegalArgumentException(task.key() + " does not run on " + machine.key());
        }
    }

    /// A replica at its beginning, of which nothing but its launch is known.
    ///
    /// @param rental when, in what role and why this was decided
    /// @param failures consecutive failed generations before this one
    public static ReplicaRecord decided(
            ReplicaKey key, String version, Offer offer, IdempotencyToken token, Machine.Rental rental, int failures) {
        var machine = new MachineKey(key.name(), key.generation());
        var task = new Task(
                key,
                version,
                machine,
                Task.State.WAITING,
                rental.at(),
                rental.reason(),
                Optional.empty(),
                Task.Proof.NONE,
                new Task.Trouble(failures, ""),
                Task.State.ENDED);
        return new ReplicaRecord(task, Machine.decided(machine, offer, token, rental));
    }

    /// Its key.
    public ReplicaKey key() {
        return task.key();
    }

    /// Name of its service; the instance may still carry an earlier one as a tag.
    public String service() {
        return task.key().service();
    }

    /// Unique in a state: the service that it was launched for, `-`, ordinal. The instance carries it as a tag, so it
    /// stays when the service gets another name.
    public String name() {
        return task.key().name();
    }

    /// Counts the attempts to run this replica, from 1.
    public int generation() {
        return task.key().generation();
    }

    /// The version of the replica block that it runs.
    public String version() {
        return task.version();
    }

    /// Where it is in its life.
    public Lifecycle lifecycle() {
        return Lifecycle.of(machine.state(), task.state());
    }

    /// What it was, or is to be, rented as, at the price that its cloud last said.
    public Offer offer() {
        return machine.offer();
    }

    /// The token of its launch.
    public IdempotencyToken token() {
        return machine.token();
    }

    /// The provider's id, once known.
    public Optional<String> instanceId() {
        return machine.instanceId();
    }

    /// Where it is reached, once known.
    public Optional<Endpoint> endpoint() {
        return task.endpoint();
    }

    /// When its launch was decided.
    public Instant requestedAt() {
        return machine.rental().at();
    }

    /// When it entered its lifecycle state.
    public Instant since() {
        return lifecycle().isOfTheMachine() ? machine.since() : task.since();
    }

    /// When it was first ready.
    public Optional<Instant> readyAt() {
        return task.proof().readyAt();
    }

    /// Since when the cloud says that it is at elevated risk of being taken back.
    public Optional<Instant> atRiskSince() {
        return machine.risk().atRiskSince();
    }

    /// When the cloud said it would take it back.
    public Optional<Instant> preemptionAt() {
        return machine.risk().takenAt();
    }

    /// The end that it will come to once its instance is gone: [Lifecycle#GONE] unless something went wrong.
    public Lifecycle endsAs() {
        return Lifecycle.of(machine.endsAs(), task.endsAs());
    }

    /// What probes said last of it; empty until it is ready, and in rows from before it was kept.
    public Optional<Health> health() {
        return task.proof().health();
    }

    /// When it had stayed healthy for `min_healthy`.
    public Optional<Instant> provenAt() {
        return task.proof().provenAt();
    }

    /// Consecutive failed generations of this replica, this one included if it failed.
    public int failures() {
        return task.trouble().failures();
    }

    /// Why it is in this state, for people.
    public String reason() {
        return task.why();
    }

    /// The last lines that its workload wrote before it failed; empty if none are known.
    public String logTail() {
        return task.trouble().logTail();
    }

    /// Whether it takes traffic: it got ready, and nobody has found since that it fails its probes.
    public boolean isServing() {
        return lifecycle() == Lifecycle.READY && health().map(Health::passing).orElse(true);
    }

    /// Whether it has stayed healthy for long enough to be relied on.
    public boolean isProven() {
        return provenAt().isPresent();
    }

    /// The same replica in another state.
    public ReplicaRecord in(Lifecycle next, Instant at, String why) {
        Machine.State machineThen = next.machineAfter(machine);
        boolean machineChanges = next.isOfTheMachine() || machineThen != machine.state();
        boolean taskChanges = !next.isOfTheMachine() || next.task() != task.state();
        Task changed = (taskChanges ? task.in(next.task(), at) : task).because(why);
        return new ReplicaRecord(
                next == Lifecycle.READY ? changed.with(readyNow(at, why)) : changed,
                machineChanges ? machine.in(machineThen, at) : machine);
    }

    private Task.Proof readyNow(Instant at, String why) {
        return new Task.Proof(readyAt().or(() -> Optional.of(at)), Optional.of(new Health(true, at, why)), provenAt());
    }

    /// The same replica with another verdict of its probes.
    public ReplicaRecord judged(Health verdict) {
        return with(task.with(new Task.Proof(readyAt(), Optional.of(verdict), provenAt())));
    }

    /// The same replica, which has stayed healthy for long enough to be relied on.
    public ReplicaRecord proven(Instant at) {
        return with(task.with(new Task.Proof(readyAt(), health(), Optional.of(at))));
    }

    /// The same replica, which has been healthy for so long that earlier failures say nothing any more.
    public ReplicaRecord forgiven() {
        return with(task.with(new Task.Trouble(0, logTail())));
    }

    /// The same replica with what the provider now says of its instance.
    public ReplicaRecord onInstance(String id, Optional<Endpoint> address) {
        return new ReplicaRecord(task.at(address), machine.onInstance(id));
    }

    /// The same replica, which the cloud takes to be at elevated risk.
    public ReplicaRecord atRisk(Instant since) {
        return with(machine.under(new Machine.Risk(Optional.of(since), preemptionAt())));
    }

    /// The same replica, about to be taken back.
    public ReplicaRecord preemptedAt(Instant deadline) {
        return with(machine.under(new Machine.Risk(atRiskSince(), Optional.of(deadline))))
                .endingAs(Lifecycle.PREEMPTED);
    }

    /// The same replica, to come to this end.
    public ReplicaRecord endingAs(Lifecycle end) {
        return new ReplicaRecord(
                task.endingAs(end.task()),
                machine.endingAs(end == Lifecycle.PREEMPTED ? Machine.State.TAKEN : Machine.State.GONE));
    }

    /// The same replica with the last lines that its workload wrote.
    public ReplicaRecord withLog(String lastLines) {
        return with(task.with(new Task.Trouble(failures(), lastLines)));
    }

    /// The same replica, whose launch was refused with a failure of that kind.
    public ReplicaRecord refused(String kind) {
        return with(machine.refused(kind));
    }

    /// The same replica, found not to work.
    public ReplicaRecord failing() {
        return with(task.with(new Task.Trouble(failures() + 1, logTail()))).endingAs(Lifecycle.FAILED);
    }

    /// The same replica, whose instance costs another price from now on.
    public ReplicaRecord at(HourlyPrice price) {
        return with(machine.at(price));
    }

    /// The same replica as one of another service. Its name stays: the instance carries it as a tag.
    public ReplicaRecord ofService(String other) {
        return with(task.of(other));
    }

    private ReplicaRecord with(Task other) {
        return new ReplicaRecord(other, machine);
    }

    private ReplicaRecord with(Machine other) {
        return new ReplicaRecord(task, other);
    }
}
