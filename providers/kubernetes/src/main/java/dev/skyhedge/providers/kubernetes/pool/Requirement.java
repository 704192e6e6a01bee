package dev.skyhedge.providers.kubernetes.pool;

import java.util.List;

/// What a node's label must be like for a pod to run there.
///
/// @param label key of the label
/// @param operator as Kubernetes has it: `In`, `NotIn`, `Exists` or `DoesNotExist`
/// @param values for `In` and `NotIn`
public record Requirement(String label, String operator, List<String> values) {
    public Requirement {
        values = List.copyOf(values);
    }

    /// The label is absent, or has none of these values.
    public static Requirement not(String label, String... values) {
        return new Requirement(label, "NotIn", List.of(values));
    }

    /// The node has no such label.
    public static Requirement absent(String label) {
        return new Requirement(label, "DoesNotExist", List.of());
    }
}
