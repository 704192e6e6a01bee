package dev.skyhedge.state;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class H2StateTest extends StateStoreContract {
    private final MovableClock clock = new MovableClock();

    @TempDir
    Path directory;

    private int created;

    @Override
    StateStore create(Retention retention) {
        return Opening.opened(
                States.open(new StateLocation.Directory(directory.resolve("state-" + created++)), clock, retention));
    }

    @Override
    void pass(Duration time) {
        clock.advance(time);
    }
}
