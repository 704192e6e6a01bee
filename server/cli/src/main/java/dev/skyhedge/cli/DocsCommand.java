package dev.skyhedge.cli;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.specs.reference.FunctionReference;
import dev.skyhedge.specs.reference.SpecJsonSchema;
import dev.skyhedge.specs.reference.SpecReference;

/// `skyhedge docs`.
final class DocsCommand extends Command {
    /// What can be printed.
    enum Subject {
        SPEC,
        FUNCTIONS,
        SCHEMA
    }

    Subject subject = Subject.SPEC;

    DocsCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Prints the reference of the spec language, made from the definitions that read it.",
                "spec and functions are Markdown; schema is a JSON Schema for editors.");
        declared.argument(0, "spec|functions|schema", OptionValues.oneOf(Subject.class))
                .byDefault("spec")
                .help("Default ${DEFAULT-VALUE}.")
                .into(value -> subject = value);
    }

    @Override
    protected int run() {
        say(
                switch (subject) {
                    case SPEC -> SpecReference.markdown();
                    case FUNCTIONS -> FunctionReference.markdown();
                    case SCHEMA -> SpecJsonSchema.text();
                });
        return ExitCode.OK;
    }
}
