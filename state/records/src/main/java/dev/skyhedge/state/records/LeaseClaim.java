package dev.skyhedge.state.records;

/// Who asks for the lease.
///
/// @param holder unique for each process and attempt
/// @param host the machine, for people: several may have one name
/// @param machine what tells apart machines and parts of them that have process ids of their own: the kernel's boot
///     and its namespace of processes; empty where that is not known
/// @param pid process id on that machine
/// @param processStart when that process started, in epoch milliseconds, so that a reused pid is recognised
/// @param operation what for, such as `apply` or `watch`
public record LeaseClaim(String holder, String host, String machine, long pid, long processStart, String operation) {
    /// On a machine of which only the name is known.
    public LeaseClaim(String holder, String host, long pid, long processStart, String operation) {
        this(holder, host, "", pid, processStart, operation);
    }
}
