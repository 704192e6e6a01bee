package dev.skyhedge.specs.loading;

import java.nio.file.Path;

/// A `-var` or `-var-file` of the command line.
public sealed interface VariableSource {
    /// `-var name=text`.
    record Assignment(String name, String text) implements VariableSource {}

    /// `-var-file path`.
    record File(Path path) implements VariableSource {}
}
