package dev.skyhedge.balancer.continuation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Arrays;

/// A growing list of token ids. Not thread-safe.
final class TokenIds {
    private static final int FIRST = 64;

    private int[] ids = new int[FIRST];
    private int size;

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[size++] = id;
    }

    void addAll(JsonNode array) {
        array.forEach(id -> add(id.intValue()));
    }

    int size() {
        return size;
    }

    int get(int index) {
        return ids[index];
    }

    void truncate(int to) {
        size = Math.min(size, to);
    }

    /// Adds the first of them to an array.
    void copyTo(ArrayNode array, int count) {
        for (int i = 0; i < count; i++) {
            array.add(ids[i]);
        }
    }
}
