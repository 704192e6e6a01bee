package dev.skyhedge.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.console.ConsoleSettings;
import dev.skyhedge.watch.installation.NoticeAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/// How to watch.
///
/// @param directory where this installation keeps its files beside the state
/// @param notices where instances report
/// @param admin the console
/// @param status what the console shows of the state
/// @param spend what its page shows of the money: the document of `spend -json` since midnight UTC
/// @param drainTimeout how long requests under way may go on at the end
public record WatchSettings(
        Path directory,
        NoticeAddresses notices,
        ConsoleSettings admin,
        Supplier<JsonNode> status,
        Supplier<JsonNode> spend,
        Duration drainTimeout) {}
