package dev.skyhedge.spi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How a provider is set up.
///
/// @param values the attributes of its block in the spec: `String`, `BigDecimal`, `Boolean`, `List` and
///     `SequencedMap` of these
/// @param directory where the provider may keep files of this installation, such as caches and logs; may not
///     exist yet
/// @param clock the time
public record ProviderSettings(SequencedMap<String, Object> values, Path directory, InstantSource clock) {
    public ProviderSettings {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
}
