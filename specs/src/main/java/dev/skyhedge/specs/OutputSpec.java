package dev.skyhedge.specs;

/// An `output` block with its value.
///
/// @param name the label
/// @param json the value as JSON; for a sensitive one too, so take care
/// @param sensitive whether the value must not be shown unless asked for by name
/// @param known whether there is a value; if not, it will be known after apply, and the JSON is a text that says so
public record OutputSpec(String name, String json, boolean sensitive, boolean known) {
    /// An output that has a value.
    public OutputSpec(String name, String json, boolean sensitive) {
        this(name, json, sensitive, true);
    }

    @Override
    public String toString() {
        return "OutputSpec[name=" + name + ", json=" + (sensitive ? "(sensitive value)" : json) + "]";
    }
}
