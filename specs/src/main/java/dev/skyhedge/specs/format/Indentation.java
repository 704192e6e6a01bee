package dev.skyhedge.specs.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Two spaces for each line that opened brackets which are still open. Several brackets opened on one line
/// count once, so a line that closes some of them is already less indented.
final class Indentation {
    private static final int WIDTH = 2;

    private Indentation() {}

    static void apply(List<Line> lines) {
        Deque<Integer> open = new ArrayDeque<>();
        for (Line line : lines) {
            int change = line.opens();
            close(open, -change);
            if (!line.lead().isEmpty()) {
                line.lead().getFirst().spaces(WIDTH * open.size());
            }
            if (change > 0) {
                open.push(change);
            }
        }
    }

    private static void close(Deque<Integer> open, int number) {
        int left = number;
        while (left > 0 && !open.isEmpty()) {
            int opened = open.pop();
            if (opened > left) {
                open.push(opened - left);
            }
            left -= opened;
        }
    }
}
