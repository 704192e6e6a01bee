package dev.skyhedge.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// A command with others below it. Alone it shows its help.
abstract class CommandGroup implements Runnable {
    private final Context context;
    private final List<String> names;
    private @Nullable CommandLine line;

    /// @param names the commands below it, in the order in which they are listed
    CommandGroup(Context context, List<String> names) {
        this.context = context;
        this.names = List.copyOf(names);
    }

    /// What it says of itself.
    abstract void declare(Declaration declared);

    /// What else is below it, behind the others; only asked for when none of those is meant.
    List<String> moreNames() {
        return List.of();
    }

    /// Makes one of the commands below it.
    ///
    /// @param name one of their names
    /// @param behind what was typed behind it
    abstract CommandLine make(String name, List<String> behind);

    /// Makes it with just the command that is asked for, where that is known: the others would cost time at every
    /// start. Help and suggestions need all.
    ///
    /// @param behind what was typed behind its name
    final CommandLine line(String name, List<String> behind) {
        var declared = new Declaration(name, this);
        new CommonOptions().declare(declared);
        declare(declared);
        line = new CommandLine(declared.spec());
        for (String one : asked(behind.isEmpty() ? "" : behind.getFirst())) {
            line.addSubcommand(one, make(one, behind.isEmpty() ? List.of() : behind.subList(1, behind.size())));
        }
        return line;
    }

    final Context context() {
        return context;
    }

    private List<String> asked(String word) {
        if (names.contains(word)) {
            return List.of(word);
        }
        List<String> more = moreNames();
        if (more.contains(word)) {
            return List.of(word);
        }
        List<String> all = new ArrayList<>(names);
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
