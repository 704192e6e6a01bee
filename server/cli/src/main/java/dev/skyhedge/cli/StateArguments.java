package dev.skyhedge.cli;

import dev.skyhedge.state.InMemoryState;
import dev.skyhedge.state.OpenResult;
import dev.skyhedge.state.StateLocation;
import dev.skyhedge.state.StateProblem;
import dev.skyhedge.state.StateStore;
import dev.skyhedge.state.States;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import picocli.CommandLine.Option;

/// Where the state is.
final class StateArguments {
    @Option(
            names = "--state",
            paramLabel = "DIR|URL",
            description = "Directory of the state, or jdbc:postgresql://… of a shared one. Default: $SKYHEDGE_STATE, "
                    + "else .skyhedge")
    String location = "";

    /// Opens it.
    ///
    /// @throws CommandFailure if it cannot be used; it is as it was then
    StateStore open(Context context) {
        return opened(States.open(location(context), context.clock()));
    }

    /// Opens it to look at it: where there is none, none is made, and one that may only be read is read.
    ///
    /// @throws CommandFailure if it cannot be read
    StateStore look(Context context) {
        return isThere(context)
                ? opened(States.look(location(context), context.clock()))
                : new InMemoryState(UUID.randomUUID().toString(), context.clock());
    }

    /// Whether a look shows what comes after it, too: nothing comes where there is no state yet, or into a copy.
    boolean isLive(Context context) {
        return isShared(context) || (isThere(context) && !States.mayOnlyBeRead(directory(context)));
    }

    /// Whether there is one, or there was one.
    boolean isThere(Context context) {
        Path directory = directory(context);
        return isShared(context)
                || Files.exists(directory.resolve("state.mv.db"))
                || Files.exists(directory.resolve("state.lineage"));
    }

    /// Makes it one of the given lineage.
    ///
    /// @throws CommandFailure if it is not empty; it is as it was then
    StateStore adopt(Context context, String lineage) {
        return opened(States.adopt(location(context), context.clock(), lineage));
    }

    private StateLocation location(Context context) {
        if (!isShared(context)) {
            return new StateLocation.Directory(directory(context));
        }
        try {
            return StateLocation.parse(text(context), context.environment(), directory(context));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("Invalid -state option", e.getMessage() + ".");
        }
    }

    private static StateStore opened(OpenResult result) {
        return switch (result) {
            case OpenResult.Opened(StateStore store) -> store;
            case OpenResult.Refused(StateProblem problem) ->
                throw new CommandFailure(problem.summary(), problem.detail());
        };
    }

    /// Where this machine keeps files beside the state: the directory itself, or the default one for a shared
    /// state.
    Path directory(Context context) {
        String text = text(context);
        return isShared(context) ? States.DEFAULT_DIRECTORY : OptionValues.path(text);
    }

    /// Whether it is a database that several machines share.
    boolean isShared(Context context) {
        return text(context).startsWith("jdbc:");
    }

    private String text(Context context) {
        if (!location.isEmpty()) {
            return location;
        }
        return context.environment().getOrDefault("SKYHEDGE_STATE", States.DEFAULT_DIRECTORY.toString());
    }
}
