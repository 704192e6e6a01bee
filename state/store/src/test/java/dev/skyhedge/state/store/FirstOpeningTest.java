package dev.skyhedge.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A new state that somebody else opens, and closes again, while we do.
class FirstOpeningTest {
    @TempDir
    private Path directory;

    private H2Database files;

    @BeforeEach
    void open() {
        files = new H2Database(directory, InstantSource.system());
    }

    @AfterEach
    void close() {
        files.close();
    }

    /// The database, of which the first connections break.
    private Database breaking(int code, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return (Database) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Database.class}, (_, method, arguments) -> {
                    if (method.getName().equals("connect") && left.getAndDecrement() > 0) {
                        throw new SqlFailure(new SQLException("session closed", String.valueOf(code), code));
                    }
                    try {
                        return method.invoke(files, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void connectsAgainWhenWhoeverHeldTheFilesHasClosedThem() {
        assertThat(States.prepare(breaking(ErrorCode.CONNECTION_BROKEN_1, 1), true))
                .isPresent();
    }

    @Test
    void isOneStateForTwoWhoFindItWithoutRowsAtOnce() {
        AtomicReference<Meta> other = new AtomicReference<>();

        Meta ours = Schema.prepare(files, true, () -> {
                    other.set(Schema.prepare(files, true, () -> "theirs").orElseThrow());
                    return "ours";
                })
                .orElseThrow();

        assertThat(ours).isEqualTo(other.get());
        assertThat(ours.lineage()).isEqualTo("theirs");
    }

    @Test
    void givesUpWhenItIsBrokenForGood() {
        assertThatThrownBy(() -> States.prepare(breaking(ErrorCode.CONNECTION_BROKEN_1, 99), true))
                .isInstanceOf(SqlFailure.class);
    }

    @Test
    void doesNotReadADamagedOneAgain() {
        Database damaged = breaking(ErrorCode.FILE_CORRUPTED_1, 1);

        assertThatThrownBy(() -> States.prepare(damaged, true)).isInstanceOf(SqlFailure.class);
    }
}
