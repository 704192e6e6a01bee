package dev.skyhedge.specs.crossread;

import com.bertramlabs.plugins.hcl4j.HCLParserException;
import com.bertramlabs.plugins.hcl4j.LexerBridge;
import com.bertramlabs.plugins.hcl4j.symbols.HCLAttribute;
import com.bertramlabs.plugins.hcl4j.symbols.HCLBlock;
import com.bertramlabs.plugins.hcl4j.symbols.Symbol;
import dev.skyhedge.specs.diagnostics.Source;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs HCL4j's lexer where it can do no harm: on a thread of its own with a large stack, for a limited time,
/// on files of limited size. Its time grows with the square of the number of blocks.
final class SecondReader {
    static final int MOST_CHARACTERS = 1 << 20;
    static final int MOST_BLOCKS = 2000;
    static final int MOST_NESTING = 100;
    private static final long STACK_BYTES = 64L << 20;

    private final Duration patience;

    SecondReader(Duration patience) {
        this.patience = patience;
    }

    /// How a file was read.
    sealed interface Reading {
        /// What was found.
        record Done(Outline outline) implements Reading {}

        /// Why nothing can be said.
        record Failed(String why) implements Reading {}
    }

    Reading read(Source source) {
        if (source.text().length() > MOST_CHARACTERS) {
            return new Reading.Failed("it is longer than " + MOST_CHARACTERS + " characters");
        }
        FutureTask<Reading> task = new FutureTask<>(() -> lex(source));
        Thread thread = new Thread(null, task, "second-reader", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return new Reading.Failed("it took longer than " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return new Reading.Failed("it was interrupted");
        } catch (ExecutionException e) {
            return new Reading.Failed("the second reader failed with " + e.getCause());
        }
    }

    private static Reading lex(Source source) throws IOException {
        try {
            LexerBridge.Lexed lexed = LexerBridge.read(new StringReader(source.text()));
            return lexed.complete()
                    ? new Reading.Done(outline(List.of(), 1, lexed.symbols(), 0))
                    : new Reading.Failed("the second reader ended inside a block or an expression");
        } catch (HCLParserException e) {
            return new Reading.Failed("the second reader refused it: " + e.getMessage());
        } catch (StackOverflowError e) {
            return new Reading.Failed("it is nested too deep for the second reader");
        } catch (RuntimeException e) {
            // A foreign lexer on any text: whatever it throws means that it could not read the file.
            return new Reading.Failed("the second reader failed with " + e);
        }
    }

    private static Outline outline(List<String> header, int line, List<Symbol> symbols, int depth) {
        if (depth > MOST_NESTING) {
            throw new IllegalStateException("more than " + MOST_NESTING + " blocks inside each other");
        }
        List<String> attributes = new ArrayList<>();
        List<Outline> blocks = new ArrayList<>();
        for (Symbol symbol : symbols) {
            if (symbol instanceof HCLBlock block) {
                List<Symbol> children = block.getChildren() == null ? List.of() : block.getChildren();
                blocks.add(outline(List.copyOf(block.blockNames), block.getLine() + 1, children, depth + 1));
            } else if (symbol instanceof HCLAttribute attribute) {
                attributes.add(attribute.getName());
            }
        }
        return new Outline(header, line, List.copyOf(attributes), List.copyOf(blocks));
    }
}
