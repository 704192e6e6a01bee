package dev.skyhedge.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TerminalWidthTest {
    private static TerminalWidth width(boolean interactive, String columns, OptionalInt told) {
        return new TerminalWidth(interactive, Map.of("COLUMNS", columns), () -> told);
    }

    @Test
    void isWhatTheTerminalTells() {
        assertThat(width(true, "", OptionalInt.of(93)).getAsInt()).isEqualTo(93);
    }

    @Test
    void isThatOfTheTerminalAlsoWhenAnswersComeFromAPipe() {
        assertThat(width(false, "", OptionalInt.of(93)).getAsInt()).isEqualTo(93);
    }

    @Test
    void isWhatSomebodyExportedBeforeWhatTheTerminalTells() {
        assertThat(width(true, "70", OptionalInt.of(93)).getAsInt()).isEqualTo(70);
    }

    @Test
    void isNoLimitWhereThereIsNoTerminalWhateverIsExported() {
        assertThat(width(false, "70", OptionalInt.empty()).getAsInt()).isEqualTo(TerminalWidth.UNLIMITED);
    }

    @Test
    void isTheUsualOneWhereATerminalDoesNotTell() {
        assertThat(width(true, "no number", OptionalInt.empty()).getAsInt()).isEqualTo(80);
        assertThat(width(true, "0", OptionalInt.empty()).getAsInt()).isEqualTo(80);
    }

    @Test
    void isNeverSoSmallThatNothingCanBeLaidOut() {
        assertThat(width(true, "", OptionalInt.of(3)).getAsInt()).isEqualTo(40);
    }

    @Test
    void followsATerminalThatIsResizedAndAsksItOnlyThen() {
        var told = new AtomicInteger(80);
        var width = new TerminalWidth(true, Map.of(), () -> OptionalInt.of(told.get()));

        assertThat(width.getAsInt()).isEqualTo(80);
        told.set(140);
        assertThat(width.getAsInt()).isEqualTo(80);
        width.look();
        assertThat(width.getAsInt()).isEqualTo(140);
    }
}
