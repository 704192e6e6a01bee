package dev.skyhedge.cli;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.Logging;
import dev.skyhedge.cli.terminal.OutputQueues;
import java.util.ArrayList;
import java.util.List;

/// Runs several command lines in one process, for an AOT cache that is made of one process: what they load and link is
/// at hand for the commands afterwards.
public final class TrainingRun {
    private static final String NEXT = "then";

    private TrainingRun() {}

    /// @param words command lines with the word `then` between them
    public static void main(String[] words) {
        SkyhedgeCommand.begin();
        List<String> line = new ArrayList<>();
        int worst = ExitCode.OK;
        for (String word : words) {
            if (word.equals(NEXT)) {
                worst = Math.max(worst, run(line));
                line.clear();
            } else {
                line.add(word);
            }
        }
        worst = Math.max(worst, run(line));
        Logging.await(OutputQueues.LAST_LINES);
        System.exit(worst);
    }

    private static int run(List<String> line) {
        return SkyhedgeCommand.execute(Context.ofProcess(), line.toArray(String[]::new));
    }
}
