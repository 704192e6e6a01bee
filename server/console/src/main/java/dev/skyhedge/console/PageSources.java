package dev.skyhedge.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.console.live.LiveFeed;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What the page shows beyond what the console shows anyway.
///
/// @param clock the time
/// @param spend the document of `spend -json` since midnight UTC; called from several threads, may block
/// @param feed what the controller does
public record PageSources(InstantSource clock, Supplier<JsonNode> spend, LiveFeed feed) {}
