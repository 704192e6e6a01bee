package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.status.StateJson;
import dev.skyhedge.cli.view.status.StateText;
import dev.skyhedge.specs.OutputSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.loading.LoadedSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `skyhedge output`.
public final class OutputCommand extends Command {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");

    SpecArguments spec = new SpecArguments();
    String named = "";
    StateArguments state = new StateArguments();
    String name = "";
    boolean json;
    boolean raw;

    public OutputCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Shows the outputs of a spec.");
        declared.examples(
                "  skyhedge output url                       of the spec in this directory",
                "  curl $(skyhedge output chat.hcl -name=url -raw)/v1/models");
        spec.declare(declared);
        declared.argument(1, "NAME", OptionValues.text())
                .optional()
                .help("Just the value of this one, as with -name.")
                .into(value -> named = value);
        state.declare(declared);
        declared.option("--name", "NAME", OptionValues.text())
                .help("Just the value of this one, even if it is sensitive.")
                .into(value -> name = value);
        declared.flag("--json", "As JSON.", on -> json = on);
        declared.flag("--raw", "With -name: a text without quotes.", on -> raw = on);
    }

    @Override
    protected int run() {
        takeNameForSpec();
        state.beside(spec.directory());
        String name = this.name.isEmpty() ? named : this.name;
        List<OutputSpec> outputs = outputs(spec.load(context()));
        if (name.isEmpty()) {
            say(json ? StateJson.outputs(outputs) : StateText.outputs(outputs, display()));
            return ExitCode.OK;
        }
        OutputSpec output = outputs.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("Output \"" + name + "\" not found", known(outputs)));
        if (!output.known()) {
            throw new CommandFailure(
                    "Output \"" + name + "\" is not known yet",
                    "It depends on what only running services tell. Apply the spec first: skyhedge apply or skyhedge"
                            + " watch; with -state=DIR|URL if their state is elsewhere.");
        }
        say(raw ? StateJson.outputRaw(output) : StateJson.output(output));
        return ExitCode.OK;
    }

    /// The outputs as they are with the replicas that the state says are ready.
    private List<OutputSpec> outputs(LoadedSpec loaded) {
        Spec declared = loaded.spec().orElseThrow();
        if (declared.outputs().stream().allMatch(OutputSpec::known)) {
            return declared.outputs();
        }
        return loaded.observing(new RecordedServices(context(), state).ready())
                .orElse(declared)
                .outputs();
    }

    /// `skyhedge output url` means the output of the spec that is here, as long as no file has that name.
    private void takeNameForSpec() {
        String given = spec.path().toString();
        if (NAME.matcher(given).matches() && !Files.exists(spec.path())) {
            named = given;
            spec.about(Path.of("."));
        }
    }

    private static String known(List<OutputSpec> outputs) {
        return outputs.isEmpty()
                ? "The spec declares no outputs."
                : "Declared are: " + outputs.stream().map(OutputSpec::name).collect(Collectors.joining(", ")) + ".";
    }
}
