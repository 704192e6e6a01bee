package dev.skyhedge.agent.protocol;

/// A process and no other: numbers of processes are used again, and a machine may start anew.
///
/// @param boot the kernel's id of this start of the machine
/// @param ticks when it started, in the kernel's ticks since then
/// @param session the session that it and all that it starts are in, by its leader's number
/// @param sessionTicks when that leader started
public record ProcessIdentity(String boot, long pid, long ticks, long session, long sessionTicks) {}
