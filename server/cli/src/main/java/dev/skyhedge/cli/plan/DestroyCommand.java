package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Context;

/// `skyhedge destroy`.
public final class DestroyCommand extends ApplyCommand {
    public DestroyCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        super.declare(declared);
        declared.does(
                "Drains and gives back everything that is recorded, and forgets the services.",
                "While `skyhedge watch` has the state it is told to do it, and ends with the last replica.",
                "Asks for the names of services that are serving. Protected services stay: set protect = false and apply that "
                        + "first.");
        declared.examples("  skyhedge plan chat.hcl -destroy    shows what would go", "  skyhedge destroy chat.hcl");
    }

    @Override
    boolean isDestroy() {
        return true;
    }
}
