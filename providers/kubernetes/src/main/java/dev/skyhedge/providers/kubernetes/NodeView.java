package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.kubernetes.pool.NodeLabels;
import dev.skyhedge.providers.kubernetes.pool.Taint;
import dev.skyhedge.spi.Location;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What we need to know of a node.
///
/// @param name of the node
/// @param labels its labels
/// @param taints what keeps pods off it
/// @param usable whether new pods may go there: it answers and is not cordoned
/// @param answers whether the node reports to the cluster; if not, what runs there is unknown
/// @param cpus whole processors that pods may use
/// @param memoryMib memory that pods may use
/// @param gpus accelerators that pods may use, by resource name; only those above zero
/// @param address where the node is reached from outside, else from inside
/// @param doom since when the node is known to go, and why
record NodeView(
        String name,
        Map<String, String> labels,
        List<Taint> taints,
        boolean usable,
        boolean answers,
        int cpus,
        long memoryMib,
        SortedMap<String, Integer> gpus,
        Optional<String> address,
        Optional<Doom> doom) {
    /// Something that ends a node soon.
    ///
    /// @param since when it was said
    /// @param why what said so
    /// @param hint whether it is only a suggestion to move away
    record Doom(Instant since, String why, boolean hint) {}

    Location location() {
        return NodeLabels.location(labels);
    }
}
