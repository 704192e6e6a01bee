package dev.skyhedge.agent;

import dev.skyhedge.agent.protocol.Order;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The variables of a task: what the agent knows, then those of the order. Of the agent's own, only what finds
/// programs and the user.
final class TaskEnvironment {
    private static final List<String> KEPT = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH");
    private static final int PERCENT = 100;

    private TaskEnvironment() {}

    static void set(Map<String, String> environment, Order.Start order, TaskFiles files) {
        environment.keySet().retainAll(KEPT);
        environment.put("SKYHEDGE_TRIAL_ID", order.id().name());
        environment.put("SKYHEDGE_GENERATION", Long.toString(order.id().generation()));
        environment.put("SKYHEDGE_ATOMS", Integer.toString(order.atoms()));
        environment.put("SKYHEDGE_SHARE", Double.toString(order.share()));
        environment.put("SKYHEDGE_PARAMS_FILE", files.parameters().toString());
        environment.put("SKYHEDGE_CHECKPOINT_DIR", files.checkpoints().toString());
        environment.put("SKYHEDGE_RESUME_FROM", order.resumeFrom());
        environment.put("SKYHEDGE_METRICS_FILE", files.metrics().toString());
        if (order.share() < 1 && order.atoms() > 0) {
            environment.put(
                    "CUDA_MPS_ACTIVE_THREAD_PERCENTAGE",
                    String.format(Locale.ROOT, "%.0f", Math.max(1, order.share() * PERCENT)));
        }
        environment.putAll(order.environment());
    }
}
