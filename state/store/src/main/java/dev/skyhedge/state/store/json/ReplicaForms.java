package dev.skyhedge.state.store.json;

import static dev.skyhedge.state.store.json.Forms.ENDPOINT;
import static dev.skyhedge.state.store.json.Forms.FLAG;
import static dev.skyhedge.state.store.json.Forms.INTEGER;
import static dev.skyhedge.state.store.json.Forms.OFFER;
import static dev.skyhedge.state.store.json.Forms.TEXT;
import static dev.skyhedge.state.store.json.Forms.TIME;
import static dev.skyhedge.state.store.json.Forms.TOKEN;
import static dev.skyhedge.state.store.json.Forms.constant;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.state.records.Health;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.MachineKey;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Machines, tasks, and the two as one replica.
public final class ReplicaForms {
    private static final Form<Health> HEALTH = Fields.of(f -> new Health(
            f.field("passing", Health::passing, FLAG),
            f.field("since_millis", Health::since, TIME),
            f.field("detail", Health::detail, TEXT)));

    private static final Form<Machine.State> MACHINE_STATE = constant(Machine.State.class);
    private static final Form<Task.State> TASK_STATE = constant(Task.State.class);
    private static final Form<Lifecycle> LIFECYCLE = constant(Lifecycle.class);
    private static final Form<MachineKey> MACHINE_KEY = Fields.of(ReplicaForms::machineKey);

    private static final Form<Machine.Rental> RENTAL = Fields.of(f -> new Machine.Rental(
            f.field("at_millis", Machine.Rental::at, TIME),
            f.field("role", Machine.Rental::role, TEXT),
            f.field("reason", Machine.Rental::reason, TEXT)));

    private static final Form<Parts> PARTS = Fields.of(f -> new Parts(
            f.field("state", Parts::machine, MACHINE_STATE),
            f.field("since_millis", Parts::machineSince, TIME),
            f.field("task_since_millis", Parts::taskSince, TIME),
            f.field("role", Parts::role, TEXT),
            f.field("reason", Parts::rented, TEXT)));

    /// A machine.
    public static final Form<Machine> MACHINE = Fields.of(f -> new Machine(
            f.part(Machine::key, ReplicaForms::machineKey),
            f.field("offer", Machine::offer, OFFER),
            f.field("token", Machine::token, TOKEN),
            f.field("rental", Machine::rental, RENTAL),
            f.optional("instance_id", Machine::instanceId, TEXT),
            f.field("state", Machine::state, MACHINE_STATE),
            f.field("since_millis", Machine::since, TIME),
            f.part(Machine::risk, ReplicaForms::risk),
            f.optional("refused_as", Machine::refusedAs, TEXT),
            f.unless(Machine.State.GONE, "ends_as", Machine::endsAs, MACHINE_STATE)));

    /// A task.
    public static final Form<Task> TASK = Fields.of(f -> new Task(
            f.part(Task::key, key -> taskKey(key, "workload")),
            f.field("version", Task::version, TEXT),
            f.field("machine", Task::machine, MACHINE_KEY),
            f.field("state", Task::state, TASK_STATE),
            f.field("since_millis", Task::since, TIME),
            f.field("why", Task::why, TEXT),
            f.optional("endpoint", Task::endpoint, ENDPOINT),
            f.part(Task::proof, ReplicaForms::proof),
            f.part(Task::trouble, ReplicaForms::trouble),
            f.unless(Task.State.ENDED, "ends_as", Task::endsAs, TASK_STATE)));

    /// A replica as history tells of it, and as versions kept it that had no rows for machines.
    public static final Form<ReplicaRecord> REPLICA = Fields.of(ReplicaForms::replica);

    private static final Pattern REFUSAL = Pattern.compile("([a-z_]+): ");

    private ReplicaForms() {}

    private static MachineKey machineKey(Fields<MachineKey> f) {
        return new MachineKey(
                f.field("name", MachineKey::name, TEXT), f.field("generation", MachineKey::generation, INTEGER));
    }

    private static ReplicaKey taskKey(Fields<ReplicaKey> f, String workload) {
        return new ReplicaKey(
                f.field(workload, ReplicaKey::service, TEXT),
                f.field("name", ReplicaKey::name, TEXT),
                f.field("generation", ReplicaKey::generation, INTEGER));
    }

    private static Machine.Risk risk(Fields<Machine.Risk> f) {
        return new Machine.Risk(
                f.optional("at_risk_since_millis", Machine.Risk::atRiskSince, TIME),
                f.optional("preemption_at_millis", Machine.Risk::takenAt, TIME));
    }

    private static Task.Proof proof(Fields<Task.Proof> f) {
        return new Task.Proof(
                f.optional("ready_at_millis", Task.Proof::readyAt, TIME),
                f.optional("health", Task.Proof::health, HEALTH),
                f.optional("proven_at_millis", Task.Proof::provenAt, TIME));
    }

    private static Task.Trouble trouble(Fields<Task.Trouble> f) {
        return new Task.Trouble(
                f.field("failures", Task.Trouble::failures, INTEGER), f.field("log_tail", Task.Trouble::logTail, TEXT));
    }

    /// Rows of before there were machines had it only in front of the reason.
    private static Optional<String> refusedBefore(Lifecycle lifecycle, String reason) {
        Matcher refusal = REFUSAL.matcher(reason);
        boolean isEnd = lifecycle == Lifecycle.FAILED || lifecycle == Lifecycle.PREEMPTED;
        return isEnd && refusal.lookingAt() ? Optional.of(refusal.group(1)) : Optional.empty();
    }

    /// What a replica's row does not tell of its parts.
    private record Parts(Machine.State machine, Instant machineSince, Instant taskSince, String role, String rented) {
        static Parts of(ReplicaRecord replica) {
            Machine machine = replica.machine();
            return new Parts(
                    machine.state(),
                    machine.since(),
                    replica.task().since(),
                    machine.rental().role(),
                    machine.rental().reason());
        }
    }

    private static ReplicaRecord replica(Fields<ReplicaRecord> f) {
        ReplicaKey key = f.part(ReplicaRecord::key, part -> taskKey(part, "service"));
        String version = f.field("version", ReplicaRecord::version, TEXT);
        Lifecycle lifecycle = f.field("lifecycle", ReplicaRecord::lifecycle, LIFECYCLE);
        var offer = f.field("offer", ReplicaRecord::offer, OFFER);
        var token = f.field("token", ReplicaRecord::token, TOKEN);
        Optional<String> instanceId = f.optional("instance_id", ReplicaRecord::instanceId, TEXT);
        Optional<Endpoint> endpoint = f.optional("endpoint", ReplicaRecord::endpoint, ENDPOINT);
        Instant requestedAt = f.field("requested_at_millis", ReplicaRecord::requestedAt, TIME);
        Instant since = f.field("since_millis", ReplicaRecord::since, TIME);
        Task.Proof proof = f.part(replica -> replica.task().proof(), ReplicaForms::proof);
        Machine.Risk risk = f.part(replica -> replica.machine().risk(), ReplicaForms::risk);
        Lifecycle endsAs = f.field("ends_as", ReplicaRecord::endsAs, LIFECYCLE);
        Task.Trouble trouble = f.part(replica -> replica.task().trouble(), ReplicaForms::trouble);
        String reason = f.field("reason", ReplicaRecord::reason, TEXT);
        Optional<Parts> parts = f.optional("machine", replica -> Optional.of(Parts.of(replica)), PARTS);
        Optional<String> refusedAs = f.optional(
                        "refused_as", replica -> replica.machine().refusedAs(), TEXT)
                .or(() ->
                        parts.isEmpty() && instanceId.isEmpty() ? refusedBefore(lifecycle, reason) : Optional.empty());
        String rented = parts.map(Parts::rented).orElse(lifecycle == Lifecycle.REQUESTED ? reason : "");
        var rental = new Machine.Rental(requestedAt, parts.map(Parts::role).orElse(""), rented);
        ReplicaRecord decided = ReplicaRecord.decided(key, version, offer, token, rental, 0);
        ReplicaRecord there =
                instanceId.map(id -> decided.onInstance(id, endpoint)).orElse(decided);
        // Without more knowledge, what drains has run.
        ReplicaRecord before = lifecycle == Lifecycle.DRAINING ? there.in(Lifecycle.STARTING, since, reason) : there;
        ReplicaRecord now = before.in(lifecycle, since, reason).endingAs(endsAs);
        Task task = now.task().with(proof).with(trouble);
        Machine known = now.machine().under(risk);
        Machine machine = refusedAs.map(known::refused).orElse(known);
        return parts.map(told -> new ReplicaRecord(
                        task.in(task.state(), told.taskSince()), machine.in(told.machine(), told.machineSince())))
                .orElse(new ReplicaRecord(task, machine));
    }
}
