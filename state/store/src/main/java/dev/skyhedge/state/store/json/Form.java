package dev.skyhedge.state.store.json;

import com.fasterxml.jackson.databind.JsonNode;

/// How values of one type stand in JSON.
///
/// @param <V> the type
public interface Form<V> {
    /// The value as JSON.
    JsonNode write(V value);

    /// The value that was written.
    ///
    /// @throws IllegalArgumentException if it is none
    V read(JsonNode node);

    /// The value as it will be read back, without being written: times are cut to whole milliseconds.
    default V cut(V value) {
        return value;
    }
}
