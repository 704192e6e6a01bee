package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.store.InMemoryState;
import dev.skyhedge.state.store.OpenResult;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateLocation;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.state.store.States;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Where the state is.
public final class StateArguments {
    private static final String VARIABLE = "SKYHEDGE_STATE";

    private static final Duration LOOK = Duration.ofMillis(200);

    private String location = "";

    private Optional<Path> specDirectory = Optional.empty();
    private boolean toldThatThereIsNone;

    /// Has the command take them.
    public void declare(Declaration declared) {
        declared.option("--state", "DIR|URL", OptionValues.text())
                .help("Directory of the state, or jdbc:postgresql://… of a shared one. Default: $SKYHEDGE_STATE, "
                        + "else .skyhedge beside the spec, or in the current directory where no spec is given.")
                .into(value -> location = value);
    }

    /// Is about this state, as if it had been typed.
    public void at(String typed) {
        location = typed;
    }

    /// Unless told otherwise the state is beside the spec in that directory.
    public void beside(Path directory) {
        specDirectory = Optional.of(directory);
    }

    /// Opens it.
    ///
    /// @throws CommandFailure if it cannot be used; it is as it was then
    public StateStore open(Context context) {
        requireNoOther(context);
        return opened(States.open(location(context), context.clock()));
    }

    /// Opens the one that is there.
    ///
    /// @throws CommandFailure if there is none, or it cannot be used
    public StateStore openExisting(Context context) {
        if (!isThere(context)) {
            throw new CommandFailure(
                    "No state",
                    "There is none in " + absolute(directory(context)) + ". -state names another directory.");
        }
        return open(context);
    }

    /// Opens it to work with it for long: as long as an earlier Skyhedge does, its end is waited for.
    ///
    /// @throws CommandFailure if it cannot be opened
    public StateStore openOnceFree(Context context) throws InterruptedException {
        requireNoOther(context);
        boolean told = false;
        while (true) {
            OpenResult result = States.open(location(context), context.clock());
            if (!(result instanceof OpenResult.Refused(StateProblem problem))
                    || problem.kind() != StateProblem.Kind.IN_USE) {
                return opened(result);
            }
            if (!told) {
                context.terminal().complain("Waiting: " + problem.detail());
                told = true;
            }
            Thread.sleep(LOOK);
        }
    }

    /// Opens it to look at it: where there is none, none is made, and one that may only be read is read.
    ///
    /// @throws StateException if it cannot be read
    public StateStore look(Context context) {
        if (isThere(context)) {
            return switch (States.look(location(context), context.clock())) {
                case OpenResult.Opened(StateStore store) -> store;
                case OpenResult.Refused(StateProblem problem) -> throw new StateException(problem);
            };
        }
        if (specDirectory.isEmpty() && !toldThatThereIsNone) {
            toldThatThereIsNone = true;
            context.terminal()
                    .complain("Note: there is no state in " + absolute(directory(context))
                            + ". A state is beside its spec: -state=DIR/" + States.DEFAULT_DIRECTORY
                            + " shows that of another directory.");
        }
        return new InMemoryState(UUID.randomUUID().toString(), context.clock());
    }

    /// Whether a look shows what comes after it, too: nothing comes where there is no state yet, or into a copy.
    public boolean isLive(Context context) {
        return isShared(context) || (isThere(context) && !States.mayOnlyBeRead(directory(context)));
    }

    /// Whether there is one, or there was one.
    public boolean isThere(Context context) {
        requireNoOther(context);
        return isShared(context) || isState(directory(context));
    }

    private static boolean isState(Path directory) {
        return Files.exists(directory.resolve("state.mv.db")) || Files.exists(directory.resolve("state.lineage"));
    }

    /// Whoever was used to a state in the current directory must not be told that nothing runs.
    private void requireNoOther(Context context) {
        if (isChosen(context) || specDirectory.isEmpty()) {
            return;
        }
        Path beside = directory(context);
        Path here = States.DEFAULT_DIRECTORY;
        if (!isState(beside) && isState(here)) {
            throw new CommandFailure(
                    "Which state is meant?",
                    "The state of a spec is beside it, and there is none in " + absolute(beside)
                            + ". There is one in the current directory, " + absolute(here)
                            + ", which is where it was looked for before.\nIf that is the state of this spec: -state="
                            + here + " goes on with it. If it is another's: -state=" + beside
                            + " begins one for this spec, and is not needed afterwards.");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// Makes it one of the given lineage.
    ///
    /// @throws CommandFailure if it is not empty; it is as it was then
    public StateStore adopt(Context context, String lineage) {
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
    public Path directory(Context context) {
        String text = text(context);
        return isShared(context) ? States.DEFAULT_DIRECTORY : OptionValues.path(text);
    }

    /// Whether it is a database that several machines share.
    public boolean isShared(Context context) {
        return text(context).startsWith("jdbc:");
    }

    private String text(Context context) {
        if (!location.isEmpty()) {
            return location;
        }
        return Optional.ofNullable(context.environment().get(VARIABLE))
                .orElseGet(() -> specDirectory
                        .map(directory ->
                                directory.resolve(States.DEFAULT_DIRECTORY).normalize())
                        .orElse(States.DEFAULT_DIRECTORY)
                        .toString());
    }

    /// Whether somebody said where it is.
    private boolean isChosen(Context context) {
        return !location.isEmpty() || context.environment().containsKey(VARIABLE);
    }
}
