package dev.skyhedge.cli;

import dev.skyhedge.specs.reference.FunctionReference;
import dev.skyhedge.specs.reference.SpecJsonSchema;
import dev.skyhedge.specs.reference.SpecReference;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `skyhedge docs`.
@CommandLine.Command(
        name = "docs",
        description = {
            "Prints the reference of the spec language, made from the definitions that read it.",
            "spec and functions are Markdown; schema is a JSON Schema for editors."
        })
final class DocsCommand extends Command {
    /// What can be printed.
    enum Subject {
        SPEC,
        FUNCTIONS,
        SCHEMA
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "spec|functions|schema",
            defaultValue = "spec",
            description = "Default ${DEFAULT-VALUE}.")
    Subject subject = Subject.SPEC;

    DocsCommand(Context context) {
        super(context);
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
