package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import java.util.ArrayList;
import java.util.List;

/// The blocks that any spec may have, of whatever kind its workloads are.
final class SpecSchema {
    static final BlockDefinition PRECONDITION = block(
            "precondition",
            Occurrence.ANY,
            "What must be true before anything is done. A condition that asks for what is known only after apply"
                    + " is checked by apply, before anything of that service is done.",
            List.of(
                    required(
                            "condition",
                            AttributeType.ANY,
                            "var.replicas > 1",
                            "What must be true. May refer to anything that the block itself may refer to."),
                    required(
                            "error_message",
                            AttributeType.ANY,
                            "\"One replica is not enough here.\"",
                            "What to say otherwise.")));

    static final BlockDefinition ASSERT = block(
            "assert",
            Occurrence.ANY,
            "What should be true.",
            List.of(
                    required("condition", AttributeType.ANY, "length(local.zones) > 1", "What should be true."),
                    required(
                            "error_message",
                            AttributeType.ANY,
                            "\"All replicas are in one zone.\"",
                            "What to say otherwise.")));

    static final BlockDefinition CHECK = block(
                    "check",
                    Occurrence.ANY,
                    "Assertions that warn and stop nothing. watch goes on checking them.",
                    List.of())
            .labelled("name")
            .with(ASSERT);

    static final BlockDefinition MODULE = block(
                    "module",
                    Occurrence.ANY,
                    "The services of another directory: its variables are set by the arguments of this block, its"
                            + " outputs are module.NAME.OUTPUT.",
                    List.of(
                            required(
                                    "source",
                                    AttributeType.TEXT,
                                    "\"./modules/search\"",
                                    "A directory below that of the spec, starting with ./ or ../, as text without"
                                            + " references."),
                            optional(
                                    "count",
                                    AttributeType.whole(0, 10_000),
                                    "2",
                                    "How many times to make it; count.index numbers them."),
                            optional(
                                    "for_each",
                                    AttributeType.ANY,
                                    "toset([\"eu\", \"us\"])",
                                    "A map or a set of strings: once for each, with each.key and each.value.")))
            .labelled("name")
            .opened();

    static final BlockDefinition MOVED = block(
            "moved",
            Occurrence.ANY,
            "A service has a new name, or a module with all that is in it. Replicas stay as they are, and keep their"
                    + " names. Chains are followed; nothing happens if nothing is recorded under the old name.",
            List.of(
                    required("from", AttributeType.ADDRESS, "service.chat", "Its address until now."),
                    required("to", AttributeType.ADDRESS, "service.assistant", "Its address from now on.")));

    static final BlockDefinition REMOVED = block(
                    "removed",
                    Occurrence.ANY,
                    "A service is gone from the spec on purpose: no second reader has to agree that it is.",
                    List.of(required("from", AttributeType.ADDRESS, "service.chat", "Its address until now.")))
            .with(block(
                    "lifecycle",
                    Occurrence.AT_MOST_ONCE,
                    "What becomes of its replicas.",
                    List.of(fallback(
                            "destroy",
                            AttributeType.BOOL,
                            "true",
                            "false",
                            "Whether they are terminated. If not, they are forgotten and left running: they cost money until"
                                    + " they are ended by other means, or taken back by an import block."))));

    static final BlockDefinition IMPORT = block(
            "import",
            Occurrence.ANY,
            "An instance that runs already becomes a replica. It must carry the tags of this state: one that was"
                    + " forgotten by a removed block or by state rm. An import is done once.",
            List.of(
                    required("to", AttributeType.ADDRESS, "service.chat", "The service that it belongs to."),
                    required(
                            "id",
                            AttributeType.TEXT,
                            "\"i-0123456789abcdef0\"",
                            "The instance as its provider names it.")));

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
            .labelled("name")
            .with(PRECONDITION);

    static final BlockDefinition PROVIDER = block(
                    "provider",
                    Occurrence.ANY,
                    "A cloud to rent from, with settings that the provider itself documents.",
                    List.of())
            .labelled("name")
            .opened();

    static final BlockDefinition BUDGET = block(
            "budget",
            Occurrence.AT_MOST_ONCE,
            "What everything may cost together, from midnight to midnight UTC. What is wanted and would cost more is"
                    + " given up in an order: spare replicas first, then what stands in on on-demand for more than the"
                    + " minimum, then replicas down to the minimum. Once the money is gone, the minimum too, until"
                    + " midnight: plan says long before that it will be. Services with protect give up nothing.",
            List.of(
                    required(
                            "usd_per_day",
                            AttributeType.RATE,
                            "40",
                            "US dollars a day, for the machines of all workloads."),
                    fallback(
                            "on_breach",
                            AttributeType.oneOf("degrade", "warn"),
                            "\"degrade\"",
                            "\"warn\"",
                            "Whether workloads give up what they can do without, or a warning is all.")));

    /// A file, as a block without a header, that may hold these beside them.
    static BlockDefinition file(List<BlockDefinition> workloads) {
        List<BlockDefinition> blocks = new ArrayList<>(List.of(VARIABLE, LOCALS, PROVIDER, BUDGET));
        blocks.addAll(workloads);
        blocks.addAll(List.of(OUTPUT, MODULE, CHECK, MOVED, REMOVED, IMPORT));
        return block("file", Occurrence.ANY, "A spec.", List.of()).with(blocks.toArray(BlockDefinition[]::new));
    }

    private SpecSchema() {}
}
