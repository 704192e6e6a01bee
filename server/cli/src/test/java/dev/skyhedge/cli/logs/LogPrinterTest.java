package dev.skyhedge.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LogPrinterTest {
    private final StringBuilder out = new StringBuilder();

    private LogPrinter printer(String prefix, int tail) {
        return new LogPrinter(prefix, tail == 0 ? OptionalInt.empty() : OptionalInt.of(tail), out::append);
    }

    @Test
    void showsALogOfItsOwnAsItIs() {
        LogPrinter printer = printer("", 0);

        printer.take("50 %\r");
        assertThat(out.toString()).isEqualTo("50 %\r");
    }

    @Test
    void keepsLinesWholeBehindAPrefix() {
        LogPrinter printer = printer("a | ", 0);

        printer.take("one\ntw");
        assertThat(out.toString()).isEqualTo("a | one\n");
        printer.take("o\nthree");
        printer.end();

        assertThat(out.toString()).isEqualTo("a | one\na | two\na | three\n");
    }

    @Test
    void showsTheLastLinesOfWhatIsThereAndAllThatFollows() {
        LogPrinter printer = printer("", 2);

        printer.take("one\ntwo\n");
        printer.take("three\n");
        assertThat(out.toString()).isEmpty();
        printer.caughtUp();
        printer.take("four\nfive\nsix\n");

        assertThat(out.toString()).isEqualTo("two\nthree\nfour\nfive\nsix\n");
    }

    @Test
    void aLastLineWithoutAnEndCountsAsOne() {
        LogPrinter printer = printer("", 1);

        printer.take("one\ntwo");
        printer.caughtUp();
        printer.end();

        assertThat(out.toString()).isEqualTo("two");
    }
}
