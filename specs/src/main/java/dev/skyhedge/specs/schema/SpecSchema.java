package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import java.util.List;

/// Everything that a file may hold.
public final class SpecSchema {
    static final BlockDefinition VALIDATION = block(
            "validation",
            Occurrence.ANY,
            "A condition that the value must meet.",
            List.of(
                    required(
                            "condition",
                            AttributeType.ANY,
                            "var.size > 0",
                            "What must be true. May refer to other variables and to locals."),
                    required(
                            "error_message",
                            AttributeType.ANY,
                            "\"size must be positive.\"",
                            "What to say otherwise.")));

    static final BlockDefinition VARIABLE = block(
                    "variable",
                    Occurrence.ANY,
                    "A value that can be given from outside: var.NAME.",
                    List.of(
                            optional(
                                    "type",
                                    AttributeType.TYPE,
                                    "list(string)",
                                    "What a value is converted to. Without it, any value is taken."),
                            optional(
                                    "default",
                                    AttributeType.ANY,
                                    "\"us\"",
                                    "What it is if it is not given. Without it, it must be given."),
                            optional("description", AttributeType.STRING, "\"Where to run.\"", "What it is for."),
                            fallback(
                                    "sensitive",
                                    AttributeType.BOOL,
                                    "false",
                                    "true",
                                    "Whether the value is never to be shown."),
                            fallback(
                                    "nullable",
                                    AttributeType.BOOL,
                                    "true",
                                    "false",
                                    "Whether it may be null. If not, a null gives the default.")))
            .labelled("name")
            .with(VALIDATION);

    static final BlockDefinition LOCALS = block("locals", Occurrence.ANY, "Named expressions: local.NAME.", List.of())
            .opened();

    static final BlockDefinition OUTPUT = block(
                    "output",
                    Occurrence.ANY,
                    "A value to show after apply.",
                    List.of(
                            required("value", AttributeType.ANY, "service.chat.url", "The value."),
                            optional("description", AttributeType.STRING, "\"Where chat is.\"", "What it is."),
                            fallback(
                                    "sensitive",
                                    AttributeType.BOOL,
                                    "false",
                                    "true",
                                    "Whether it is shown only when asked for by name.")))
            .labelled("name");

    static final BlockDefinition PROVIDER = block(
                    "provider",
                    Occurrence.ANY,
                    "A cloud to rent from, with settings that the provider itself documents.",
                    List.of())
            .labelled("name")
            .opened();

    /// A file, as a block without a header.
    public static final BlockDefinition FILE = block("file", Occurrence.ANY, "A spec.", List.of())
            .with(VARIABLE, LOCALS, PROVIDER, ServiceSchema.SERVICE, OUTPUT);

    private SpecSchema() {}
}
