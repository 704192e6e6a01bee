package dev.skyhedge.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;

/// Opens states in tests.
final class Opening {
    private Opening() {}

    static StateStore opened(OpenResult result) {
        assertThat(result).isInstanceOf(OpenResult.Opened.class);
        return ((OpenResult.Opened) result).store();
    }

    static StateProblem refused(OpenResult result) {
        if (result instanceof OpenResult.Opened(var store)) {
            store.close();
        }
        assertThat(result).isInstanceOf(OpenResult.Refused.class);
        return ((OpenResult.Refused) result).problem();
    }

    static OpenResult open(Path directory) {
        return States.open(new StateLocation.Directory(directory), InstantSource.system());
    }
}
