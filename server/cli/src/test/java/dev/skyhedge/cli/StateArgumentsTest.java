package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import java.nio.file.Path;
import java.util.Map;
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
}
