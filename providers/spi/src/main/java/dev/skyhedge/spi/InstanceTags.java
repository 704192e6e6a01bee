package dev.skyhedge.spi;

/// What is written on every instance, so that it can be recognised as ours without any state.
///
/// @param lineage identifies the state that the instance belongs to
/// @param service name of the service
/// @param replica name of the replica, such as `chat-1`
/// @param generation counts the attempts to run this replica, from 1
/// @param token the launch that made the instance
public record InstanceTags(String lineage, String service, String replica, int generation, IdempotencyToken token) {
    public InstanceTags {
        if (lineage.isEmpty() || service.isEmpty() || replica.isEmpty() || generation < 1) {
            throw new IllegalArgumentException("Incomplete tags: lineage \"" + lineage + "\", service \"" + service
                    + "\", replica \"" + replica + "\", generation " + generation);
        }
    }
}
