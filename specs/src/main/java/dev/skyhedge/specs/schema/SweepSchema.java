package dev.skyhedge.specs.schema;

import static dev.skyhedge.specs.schema.AttributeDefinition.fallback;
import static dev.skyhedge.specs.schema.AttributeDefinition.optional;
import static dev.skyhedge.specs.schema.AttributeDefinition.required;
import static dev.skyhedge.specs.schema.BlockDefinition.block;

import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.specs.schema.AttributeType.Constraint;
import dev.skyhedge.specs.schema.BlockDefinition.Occurrence;
import dev.skyhedge.specs.values.Type;
import java.util.List;

/// The `sweep` block and all that is in it.
final class SweepSchema {
    static final int MOST_TRIALS = 1000;
    private static final int MOST_ITERATIONS = 1_000_000;
    private static final AttributeType BOUNDS =
            new AttributeType(new Type.ListOf(Type.NUMBER), new Constraint.None(), "list of two numbers");

    static final BlockDefinition PARAM = block(
                    "param",
                    Occurrence.ANY,
                    "One parameter, as ${param.NAME} in the trial block. Its values are drawn for each configuration"
                            + " in one of these ways.",
                    List.of(
                            optional("choice", AttributeType.STRINGS, "[0.001, 0.01, 0.1]", "Any of these."),
                            optional("uniform", BOUNDS, "[0.9, 0.997]", "Any number between these two."),
                            optional(
                                    "log_uniform",
                                    BOUNDS,
                                    "[0.0001, 0.1]",
                                    "Any number between these two, of which each order of magnitude is as likely."),
                            optional("int_uniform", BOUNDS, "[1, 8]", "Any whole number from the one to the other.")))
            .labelled("name");

    static final BlockDefinition TRIAL = block(
            "trial",
            Occurrence.ONCE,
            "What each trial runs, on a machine of its own. ${param.NAME} stands for its parameters here.",
            List.of(
                    optional("image", AttributeType.TEXT, "\"acme/train:3\"", "Container image."),
                    fallback(
                            "command",
                            AttributeType.STRINGS,
                            "[]",
                            "[\"python\", \"train.py\", \"--lr\", param.lr]",
                            "Program and arguments. May be left out if there is an image."),
                    fallback(
                            "env",
                            AttributeType.ENVIRONMENT,
                            "{}",
                            "{ DATA = \"s3://acme/cifar\" }",
                            "Environment variables, beside those that say where the trial is."),
                    required(
                            "checkpoint_dir",
                            AttributeType.TEXT,
                            "\"/mnt/shared/checkpoints\"",
                            "A directory that all machines see. Each trial is told one of its own below it."),
                    fallback(
                            "grace",
                            AttributeType.DURATION,
                            "\"10s\"",
                            "\"30s\"",
                            "Time that a trial needs for its last checkpoint. All trials are ended so much before the"
                                    + " deadline."),
                    fallback(
                            "max_failures",
                            AttributeType.whole(0, 100),
                            "2",
                            "0",
                            "How often a trial may fail and go on from its last checkpoint. A preemption is no failure."),
                    optional(
                            "report",
                            AttributeType.TEXT,
                            "\"epoch (?<iteration>[0-9]+): acc (?<value>[0-9.]+)\"",
                            "Regular expression that finds a report in a line of output, with the groups iteration and"
                                    + " value, and checkpoint if it names one. Otherwise reports are lines of JSON.")));

    static final BlockDefinition RESOURCES = block(
            "resources",
            Occurrence.ONCE,
            "What the trials run on.",
            List.of(
                    required(
                            "accelerators",
                            AttributeType.ACCELERATORS,
                            "[\"V100:1\"]",
                            "Any of these, as TYPE:COUNT. CPU:N stands for N cores without a GPU."),
                    required(
                            "locations",
                            AttributeType.LOCATIONS,
                            "[\"aws/us-east-1/*\"]",
                            "Any of these, as cloud/region/zone. A segment may end in *."),
                    required(
                            "atoms",
                            AttributeType.whole(1, MOST_TRIALS),
                            "8",
                            "How many trials run at a time, each on a machine of its own."),
                    fallback(
                            "market",
                            AttributeType.oneOf("spot", "on_demand"),
                            "\"spot\"",
                            "\"on_demand\"",
                            "On which market machines are rented."),
                    optional(
                            "max_price",
                            AttributeType.RATE,
                            "2.50",
                            "What a machine may cost at most, in US dollars an hour.")));

    private static final BlockDefinition METRIC = block(
            "metric",
            Occurrence.ONCE,
            "What tells good trials from bad ones.",
            List.of(
                    required("name", AttributeType.TEXT, "\"val_acc\"", "Its name in the reports."),
                    fallback(
                            "goal",
                            AttributeType.oneOf("maximize", "minimize"),
                            "\"maximize\"",
                            "\"minimize\"",
                            "Whether more is better, or less.")));

    private static final BlockDefinition SPACE = block(
            "space",
            Occurrence.ONCE,
            "From what the configurations are drawn.",
            List.of(fallback(
                    "seed",
                    AttributeType.whole(0, Integer.MAX_VALUE),
                    "1",
                    "7",
                    "Another one, other configurations; the same one, the same ones.")),
            List.of(PARAM));

    private static final BlockDefinition SCHEDULER = block(
                    "scheduler",
                    Occurrence.ONCE,
                    "Which trials run. hypersched weighs the time that is left; asha is successive halving without a"
                            + " deadline; random cuts no trial.",
                    List.of(
                            fallback(
                                    "grace_period",
                                    AttributeType.whole(1, MOST_ITERATIONS),
                                    "1",
                                    "5",
                                    "Iterations before a trial may be cut."),
                            required(
                                    "max_t",
                                    AttributeType.whole(1, MOST_ITERATIONS),
                                    "200",
                                    "Iterations after which a trial is done."),
                            fallback(
                                    "reduction_factor",
                                    AttributeType.whole(2, 100),
                                    "4",
                                    "3",
                                    "Of so many trials one goes on.")))
            .labelled("rule", "hypersched", "asha", "random");

    private static final List<AttributeDefinition> ATTRIBUTES = List.of(
            required(
                    "deadline",
                    AttributeType.DURATION,
                    "\"1h\"",
                    "Time from the first apply until all of it has ended."),
            fallback(
                    "max_trials",
                    AttributeType.whole(1, MOST_TRIALS),
                    "20",
                    "144",
                    "How many configurations are drawn. How many of them are begun depends on the time."));

    /// All but the trial, which is read once for each configuration.
    static final BlockDefinition WITHOUT_TRIAL = block(
                    SweepSpec.KIND, Occurrence.ANY, "", ATTRIBUTES, List.of(METRIC, SPACE, SCHEDULER, RESOURCES))
            .labelled("name");

    static final BlockDefinition SWEEP = block(
                    SweepSpec.KIND,
                    Occurrence.ANY,
                    "The best model by a deadline: many trainings with other parameters each, of which bad ones are"
                            + " cut. An edit of anything but resources begins all of it anew.",
                    ATTRIBUTES,
                    List.of(METRIC, SPACE, SCHEDULER, TRIAL, RESOURCES, SpecSchema.PRECONDITION))
            .labelled("name");

    private SweepSchema() {}
}
