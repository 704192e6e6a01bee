package dev.skyhedge.agent.protocol;

/// Where a task is in its life.
public enum Phase {
    /// It was written down that it is to be started; whether it has been is not known yet.
    STARTING,
    RUNNING,
    /// Stopped by `SIGSTOP`; it keeps its memory.
    PAUSED,
    /// It was told to end, and is killed when its time is over.
    STOPPING,
    /// No process of it is left.
    ENDED
}
