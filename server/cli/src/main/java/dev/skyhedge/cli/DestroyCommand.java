package dev.skyhedge.cli;

import picocli.CommandLine;

/// `skyhedge destroy`.
@CommandLine.Command(
        name = "destroy",
        description = {
            "Drains and gives back everything that is recorded, and forgets the services.",
            "While `skyhedge watch` has the state it is told to do it, and ends with the last replica.",
            "Asks for the names of services that are serving. Protected services stay: set protect = false and apply that "
                    + "first."
        },
        footer = {"  skyhedge plan chat.hcl -destroy    shows what would go", "  skyhedge destroy chat.hcl"})
final class DestroyCommand extends ApplyCommand {
    DestroyCommand(Context context) {
        super(context);
    }

    @Override
    boolean isDestroy() {
        return true;
    }
}
