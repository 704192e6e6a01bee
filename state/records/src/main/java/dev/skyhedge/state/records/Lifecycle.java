package dev.skyhedge.state.records;

/// The life of a replica. Normal order is as declared; [#FAILED], [#PREEMPTED] and [#FORGOTTEN] are ends like
/// [#GONE].
public enum Lifecycle {
    /// Decided and in the journal; the provider has not answered yet.
    REQUESTED,
    /// The provider has accepted it; the instance is being set up.
    PROVISIONING,
    /// The instance runs; the workload is not ready yet.
    STARTING,
    /// Probes pass, or did so until recently.
    READY,
    /// Gets no new requests; running ones may end.
    DRAINING,
    /// The provider was told to end it.
    STOPPING,
    /// Ended because we wanted it to.
    GONE,
    /// Ended, or never came to be, because something went wrong.
    FAILED,
    /// Ended because the cloud took it back.
    PREEMPTED,
    /// Not ours any more although its instance may run on: somebody wanted it forgotten and not terminated. The
    /// record stays for good, since the instance keeps our tags and would be taken for a leftover without it;
    /// for the same reason no other generation follows under its name.
    FORGOTTEN;

    /// Whether its instance is, or may be, there and billed.
    public boolean isLive() {
        return switch (this) {
            case REQUESTED, PROVISIONING, STARTING, READY, DRAINING, STOPPING -> true;
            case GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
        };
    }

    /// Whether it serves or is on its way to serve: counted against the wanted number.
    public boolean isRising() {
        return switch (this) {
            case REQUESTED, PROVISIONING, STARTING, READY -> true;
            case DRAINING, STOPPING, GONE, FAILED, PREEMPTED, FORGOTTEN -> false;
        };
    }

    /// Read off a machine and the task that has it for itself.
    public static Lifecycle of(Machine.State machine, Task.State task) {
        return switch (machine) {
            case ASKED -> task == Task.State.DRAINING ? DRAINING : REQUESTED;
            case COMING -> task == Task.State.DRAINING ? DRAINING : PROVISIONING;
            case UP ->
                switch (task) {
                    case WAITING, STARTING -> STARTING;
                    case READY -> READY;
                    case DRAINING -> DRAINING;
                    case ENDED, FAILED -> STOPPING;
                };
            case LEAVING -> STOPPING;
            case GONE -> task == Task.State.FAILED ? FAILED : GONE;
            case FAILED -> FAILED;
            case TAKEN -> PREEMPTED;
            case FORGOTTEN -> FORGOTTEN;
        };
    }

    /// Whether a replica's machine has brought it into this state; otherwise its task has.
    boolean isOfTheMachine() {
        return switch (this) {
            case REQUESTED, PROVISIONING, STOPPING, GONE, PREEMPTED, FORGOTTEN -> true;
            case STARTING, READY, DRAINING, FAILED -> false;
        };
    }

    /// What the machine of a replica has become once the replica is in this state.
    Machine.State machineAfter(Machine before) {
        return switch (this) {
            case REQUESTED -> Machine.State.ASKED;
            case PROVISIONING -> Machine.State.COMING;
            case STARTING, READY -> Machine.State.UP;
            case DRAINING -> before.state();
            case STOPPING -> Machine.State.LEAVING;
            case GONE -> Machine.State.GONE;
            case FAILED -> before.instanceId().isPresent() ? Machine.State.GONE : Machine.State.FAILED;
            case PREEMPTED -> Machine.State.TAKEN;
            case FORGOTTEN -> Machine.State.FORGOTTEN;
        };
    }

    /// What the task of a replica has become once the replica is in this state.
    Task.State task() {
        return switch (this) {
            case REQUESTED, PROVISIONING -> Task.State.WAITING;
            case STARTING -> Task.State.STARTING;
            case READY -> Task.State.READY;
            case DRAINING, STOPPING -> Task.State.DRAINING;
            case GONE, PREEMPTED, FORGOTTEN -> Task.State.ENDED;
            case FAILED -> Task.State.FAILED;
        };
    }
}
