package dev.skyhedge.cli;

import dev.skyhedge.cli.view.ShowJson;
import dev.skyhedge.cli.view.StatusText;
import dev.skyhedge.state.Snapshot;
import dev.skyhedge.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge show`.
@CommandLine.Command(
        name = "show",
        description = {
            "Shows a saved plan, or the state if no file is given.",
            "With -json in the shape that Terraform's show has, so that policies written for it run unchanged."
        })
final class ShowCommand extends Command {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A plan that was saved.")
    Optional<Path> file = Optional.empty();

    @Mixin
    StateArguments state = new StateArguments();

    @Mixin
    PlanDisplayOptions shown = new PlanDisplayOptions();

    @Option(names = "--json", description = "As one JSON object.")
    boolean json;

    ShowCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
        if (file.isPresent()) {
            say(SavedPlans.show(file.get(), json, shown.options(), display()));
            return ExitCode.OK;
        }
        try (StateStore store = state.look(context())) {
            Snapshot now = store.read();
            say(
                    json
                            ? ShowJson.state(now.services(), now.replicas(), VersionCommand.version())
                            : StatusText.render(
                                    StatusCommand.report(
                                            store, context().clock().instant()),
                                    true,
                                    display()));
            return ExitCode.OK;
        }
    }
}
