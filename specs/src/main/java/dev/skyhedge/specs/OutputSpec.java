package dev.skyhedge.specs;

/// An `output` block with its value.
///
/// @param name the label
/// @param json the value as JSON; for a sensitive one too, so take care
/// @param sensitive whether the value must not be shown unless asked for by name
public record OutputSpec(String name, String json, boolean sensitive) {
    @Override
    public String toString() {
        return "OutputSpec[name=" + name + ", json=" + (sensitive ? "(sensitive value)" : json) + "]";
    }
}
