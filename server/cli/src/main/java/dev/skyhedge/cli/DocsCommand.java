package dev.skyhedge.cli;

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
    void declare(Declaration declared) {
        declared.does(
                "Prints the reference of the spec language, made from the definitions that read it.",
                "spec and functions are Markdown; schema is a JSON Schema for editors.");
        declared.argument(0, "spec|functions|schema", OptionValues.oneOf(Subject.class))
                .byDefault("spec")
                .help("Default ${DEFAULT-VALUE}.")
                .into(value -> subject = value);
    }

    @Override
    int run() {
        say(
                switch (subject) {
                    case SPEC -> SpecReference.markdown();
                    case FUNCTIONS -> FunctionReference.markdown();
                    case SCHEMA -> SpecJsonSchema.text();
                });
        return ExitCode.OK;
    }
}
