package dev.skyhedge.cli;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.PlanText;
import dev.skyhedge.cli.view.PlanView;
import dev.skyhedge.specs.loading.LoadedSpec;
import java.nio.file.Path;
import java.time.Duration;

/// Plans in files.
final class SavedPlans {
    SavedPlans(
            Context context, StateArguments state, Duration lockTimeout, Duration timeout, boolean json, Display display) {}

    static void write(Path file, Planning planned, LoadedSpec loaded, PlanView view, Context context) {}

    static String show(Path file, boolean json, PlanText.Options options, Display display) {
        return "";
    }

    int apply(Path file) {
        return 1;
    }
}
