package dev.skyhedge.cli;

import picocli.CommandLine;

/// `skyhedge destroy`.
@CommandLine.Command(
        name = "destroy",
        description = {
            "Drains and gives back everything that is recorded, and forgets the services.",
            "Protected services stay: set protect = false and apply that first."
        })
final class DestroyCommand extends ApplyCommand {
    DestroyCommand(Context context) {
        super(context);
    }

    @Override
    boolean isDestroy() {
        return true;
    }
}
