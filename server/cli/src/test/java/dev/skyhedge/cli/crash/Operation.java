package dev.skyhedge.cli.crash;

import java.util.List;

/// What is killed while it does something.
enum Operation {
    APPLY("apply", "-auto-approve"),
    UPDATE("apply", "-auto-approve"),
    WATCH("watch", "-admin-port=0"),
    DESTROY("destroy", "-auto-approve");

    private final List<String> arguments;

    Operation(String... arguments) {
        this.arguments = List.of(arguments);
    }

    List<String> arguments() {
        return arguments;
    }

    /// What a user runs next to have what this operation was to bring about.
    Operation remedy() {
        return this == DESTROY ? DESTROY : APPLY;
    }
}
