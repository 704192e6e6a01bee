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
}
