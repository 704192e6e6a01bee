package dev.skyhedge.state;

/// Who asks for the lease.
///
/// @param holder unique for each process and attempt
/// @param host the machine
/// @param pid process id on that machine
/// @param processStart when that process started, in epoch milliseconds, so that a reused pid is recognised
/// @param operation what for, such as `apply` or `watch`
public record LeaseClaim(String holder, String host, long pid, long processStart, String operation) {}
