package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.terminal.TerminalWidth;
import dev.skyhedge.state.store.EarlierState;
import dev.skyhedge.state.store.StateStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateArgumentsTest {
    @TempDir
    private Path directory;

    private final StateArguments state = new StateArguments();

    private Path chosen(Map<String, String> environment) {
        Context usual = new Shell(directory, ClassPathPlugins.of()).context();
        return state.directory(
                new Context(usual.terminal(), environment, usual.clock(), usual.home(), usual.plugins()));
    }

    @Test
    void isInTheCurrentDirectoryWithoutASpec() {
        assertThat(chosen(Map.of())).isEqualTo(Path.of(".skyhedge"));
    }

    @Test
    void isBesideTheSpecWhereverThatIs() {
        state.beside(SpecArguments.directoryOf(Path.of("specs/chat.hcl")));
        assertThat(chosen(Map.of())).isEqualTo(Path.of("specs/.skyhedge"));

        state.beside(SpecArguments.directoryOf(directory));
        assertThat(chosen(Map.of())).isEqualTo(directory.resolve(".skyhedge"));

        state.beside(SpecArguments.directoryOf(Path.of(".")));
        assertThat(chosen(Map.of())).isEqualTo(Path.of(".skyhedge"));
    }

    @Test
    void isWhereSomebodySaysBeforeThat() {
        state.beside(Path.of("specs"));
        assertThat(chosen(Map.of("SKYHEDGE_STATE", "there"))).isEqualTo(Path.of("there"));

        state.at("elsewhere");
        assertThat(chosen(Map.of("SKYHEDGE_STATE", "there"))).isEqualTo(Path.of("elsewhere"));
    }

    @Test
    void waitsForTheEndOfAnEarlierVersionThatWorksWithIt() throws IOException {
        Path place = directory.resolve("state");
        state.at(place.toString());
        var told = new StringWriter();
        EarlierState earlier = EarlierState.inUse(place);

        CompletableFuture<StateStore> opened = CompletableFuture.supplyAsync(() -> openOnceFree(told));
        Background.await(told::toString, () -> told.toString().contains("Waiting: "));
        boolean hadItBefore = opened.isDone();
        earlier.close();

        try (StateStore store = opened.join()) {
            assertThat(hadItBefore).isFalse();
            assertThat(store.read().replicas()).isNotEmpty();
        }
    }

    private StateStore openOnceFree(StringWriter told) {
        var terminal = new Terminal(
                new PrintWriter(told, true),
                new PrintWriter(told, true),
                new BufferedReader(new StringReader("")),
                false,
                false,
                TerminalWidth.UNLIMITED);
        try {
            return state.openOnceFree(
                    new Context(terminal, Map.of(), InstantSource.system(), directory, ClassPathPlugins.of()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
