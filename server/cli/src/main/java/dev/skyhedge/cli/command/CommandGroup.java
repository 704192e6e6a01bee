package dev.skyhedge.cli.command;

import dev.skyhedge.cli.arguments.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A command with others below it. Alone it shows its help.
public abstract class CommandGroup implements Runnable {
    private final Context context;
    private final SequencedMap<String, Below> below = new LinkedHashMap<>();
    private @Nullable CommandLine line;

    /// Makes a command that is below a group.
    private interface Below {
        /// @param behind what was typed behind its name
        CommandLine make(Context context, String name, List<String> behind);
    }

    protected CommandGroup(Context context) {
        this.context = context;
    }

    /// Has a command below it. They are listed in the order in which they are named here.
    protected final void command(String name, Function<Context, Command> constructor) {
        below.put(name, (within, called, _) -> Command.line(called, constructor.apply(within)));
    }

    /// Has a group below it, as [#command(String, Function)].
    protected final void group(String name, Function<Context, CommandGroup> constructor) {
        below.put(name, (within, called, behind) -> constructor.apply(within).line(called, behind));
    }

    /// What it says of itself.
    protected abstract void declare(Declaration declared);

    /// What else is below it, behind the others; only asked for when none of those is meant.
    protected List<String> moreNames() {
        return List.of();
    }

    /// One of those.
    protected Command more(String name) {
        throw new IllegalArgumentException("There is nothing more below: " + name);
    }

    /// Makes it with just the command that is asked for, where that is known: the others would cost time at every
    /// start. Help and suggestions need all.
    ///
    /// @param behind what was typed behind its name
    public final CommandLine line(String name, List<String> behind) {
        var declared = new Declaration(name, this);
        new CommonOptions().declare(declared);
        declare(declared);
        line = new CommandLine(declared.spec());
        for (String one : asked(behind.isEmpty() ? "" : behind.getFirst())) {
            line.addSubcommand(one, make(one, behind.isEmpty() ? List.of() : behind.subList(1, behind.size())));
        }
        return line;
    }

    private CommandLine make(String name, List<String> behind) {
        @Nullable Below known = below.get(name);
        return known == null ? Command.line(name, more(name)) : known.make(context, name, behind);
    }

    protected final Context context() {
        return context;
    }

    private List<String> asked(String word) {
        if (below.containsKey(word)) {
            return List.of(word);
        }
        List<String> more = moreNames();
        if (more.contains(word)) {
            return List.of(word);
        }
        List<String> all = new ArrayList<>(below.keySet());
        all.addAll(more);
        return all;
    }

    private CommandLine line() {
        if (line == null) {
            throw new IllegalStateException("It is only run once its line is made");
        }
        return line;
    }

    @Override
    public void run() {
        line().usage(line().getOut());
    }
}
