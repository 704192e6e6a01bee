package dev.skyhedge.balancer.continuation;

/// What a replica's bytes are to the client.
///
/// @param bytes whole events
public record Taken(byte[] bytes, Progress progress) {

    /// What has become of the answer.
    public enum Progress {
        /// More is to come.
        GOES_ON,
        /// The client has all of it.
        DONE,
        /// The replica said that it failed, or says something else than before: it is lost.
        LOST
    }
}
