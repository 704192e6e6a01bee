package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.terminal.OutputQueue;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutputQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LINE = "x".repeat(1023) + "\n";
    private static final int TOO_MANY = 4 * OutputQueue.LIMIT / LINE.length();

    /// Blocks whoever writes until it is let go on, as a paused terminal does.
    private static final class Paused extends Writer {
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final StringBuffer text = new StringBuffer();

        @Override
        public void write(char[] buffer, int offset, int length) {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            text.append(buffer, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final Paused terminal = new Paused();
    private final OutputQueue queue = new OutputQueue("test", new PrintWriter(terminal));
    private final PrintWriter printer = new PrintWriter(queue);

    private void printTooMuch() {
        for (int i = 0; i < TOO_MANY; i++) {
            printer.print(LINE);
        }
    }

    @Test
    void whoeverPrintsDoesNotWaitForAStreamThatTakesNothing() {
        printTooMuch();

        assertThat(terminal.text).isEmpty();
        assertThat(queue.await(Duration.ofMillis(10))).isFalse();
    }

    @Test
    void whatWasDroppedIsCountedAndTold() {
        printTooMuch();

        terminal.goOn.countDown();
        Background.await(() -> "the count", () -> terminal.text.indexOf("dropped") >= 0);
        printer.print("and on\n");

        assertThat(queue.await(PATIENCE)).isTrue();
        long shown = terminal.text
                .toString()
                .lines()
                .filter(line -> line.startsWith("x"))
                .count();
        assertThat(terminal.text.toString())
                .contains("(" + (TOO_MANY - shown) + " lines were dropped")
                .endsWith("and on\n");
    }

    @Test
    void everythingIsWrittenInOrderBeforeTheEnd() {
        printer.print("one\n");
        printer.print("two\n");
        terminal.goOn.countDown();

        assertThat(queue.await(PATIENCE)).isTrue();
        assertThat(terminal.text).hasToString("one\ntwo\n");
    }
}
