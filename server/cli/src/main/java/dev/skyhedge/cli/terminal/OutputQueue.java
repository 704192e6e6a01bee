package dev.skyhedge.cli.terminal;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lines on their way to a stream that may not take them: a paused terminal, a full pipe, a dead connection. Whoever
/// prints never waits; a thread of the queue's own does. What exceeds the limit is dropped, and the stream is told how
/// much once it takes lines again. Thread-safe.
public final class OutputQueue extends Writer {
    /// Characters that wait at most.
    public static final int LIMIT = 1024 * 1024;

    private final PrintWriter to;
    private final ReentrantLock monitor = new ReentrantLock();
    private final Condition changed = monitor.newCondition();
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private int waitingChars;
    private long droppedLines;
    private boolean writing;

    /// @param to written to by one thread, which ends with the process
    public OutputQueue(String name, PrintWriter to) {
        this.to = to;
        Thread.ofPlatform().daemon().name("output-" + name).start(this::pass);
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
        offer(new String(buffer, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) {
        offer(text.substring(offset, offset + length));
    }

    private void offer(String text) {
        monitor.lock();
        try {
            if (droppedLines > 0 || waitingChars + text.length() > LIMIT) {
                // Once a line is missing all are until there is room, so that no half of anything is shown.
                droppedLines += text.chars().filter(one -> one == '\n').count();
                return;
            }
            waiting.addLast(text);
            waitingChars += text.length();
            changed.signalAll();
        } finally {
            monitor.unlock();
        }
    }

    private void pass() {
        try {
            while (true) {
                String next = take();
                to.print(next);
                to.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String take() throws InterruptedException {
        monitor.lock();
        try {
            writing = false;
            changed.signalAll();
            while (waiting.isEmpty() && droppedLines == 0) {
                changed.await();
            }
            writing = true;
            if (waiting.isEmpty()) {
                String text = "(" + droppedLines + " lines were dropped, because nobody took them.)\n";
                droppedLines = 0;
                return text;
            }
            String text = String.join("", waiting);
            waiting.clear();
            waitingChars = 0;
            return text;
        } finally {
            monitor.unlock();
        }
    }

    /// Nothing to do: what was written is on its way.
    @Override
    public void flush() {}

    @Override
    public void close() {
        flush();
    }

    /// Waits until everything is written, for as long as given.
    ///
    /// @return whether it is
    public boolean await(Duration limit) {
        long left = limit.toNanos();
        monitor.lock();
        try {
            while ((writing || !waiting.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !writing && waiting.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            monitor.unlock();
        }
    }
}
