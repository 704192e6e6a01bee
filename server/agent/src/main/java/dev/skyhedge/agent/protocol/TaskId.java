package dev.skyhedge.agent.protocol;

import java.util.regex.Pattern;

/// One life of a task. A name has at most one life at a time, and generations only go up.
///
/// @param name letters, digits and `._-`, at most 100, the first a letter or digit
/// @param generation from 1
public record TaskId(String name, long generation) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public TaskId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a task: 100 letters, digits and ._- at most, a letter first");
        }
        if (generation < 1) {
            throw new IllegalArgumentException("Generations begin with 1, and this is " + generation);
        }
    }

    /// For people.
    @Override
    public String toString() {
        return name + "#" + generation;
    }
}
