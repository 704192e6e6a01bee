package dev.skyhedge.specs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A `provider` block.
///
/// @param name the label, such as `aws`
/// @param settings its attributes: `String`, `BigDecimal`, `Boolean`, `List` and `SequencedMap` of these;
///     nested blocks are maps. What they may be, the provider itself says.
public record ProviderSpec(String name, SequencedMap<String, Object> settings) {
    public ProviderSpec {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }
}
