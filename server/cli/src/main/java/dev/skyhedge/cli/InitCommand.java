package dev.skyhedge.cli;

/// `skyhedge init`: what other tools need first, and this one does not.
final class InitCommand extends Command {
    SpecArguments spec = new SpecArguments();

    InitCommand(Context context) {
        super(context);
    }

    @Override
    void declare(Declaration declared) {
        declared.does("There is nothing to initialise: this says so, checks the spec, and ends well if it is valid.");
        declared.hide();
        spec.declare(declared);
    }

    @Override
    int run() {
        complain(spec.warnings(spec.load(context())));
        say("There is nothing to initialise: providers come with Skyhedge, and modules are read where they lie.\n"
                + "Installed are: " + String.join(", ", context().plugins().names()) + ".\n\n"
                + "The spec is valid. skyhedge plan shows what it would rent, and at what price.");
        return ExitCode.OK;
    }
}
