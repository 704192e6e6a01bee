package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.terminal.ExitCode;

/// `skyhedge init`: what other tools need first, and this one does not.
public final class InitCommand extends Command {
    SpecArguments spec = new SpecArguments();

    public InitCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("There is nothing to initialise: this says so, checks the spec, and ends well if it is valid.");
        declared.hide();
        spec.declare(declared);
    }

    @Override
    protected int run() {
        complain(spec.warnings(spec.load(context())));
        say("There is nothing to initialise: providers come with Skyhedge, and modules are read where they lie.\n"
                + "Installed are: " + String.join(", ", context().plugins().names()) + ".\n\n"
                + "The spec is valid. skyhedge plan shows what it would rent, and at what price.");
        return ExitCode.OK;
    }
}
