package dev.skyhedge.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.cli.state.StatusCommand;
import dev.skyhedge.cli.view.spend.Charges;
import dev.skyhedge.cli.view.spend.SpendBy;
import dev.skyhedge.cli.view.spend.SpendJson;
import dev.skyhedge.cli.view.status.StatusJson;
import dev.skyhedge.state.store.StateStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What commands print as JSON, for the console.
final class ConsoleDocuments {
    private ConsoleDocuments() {}

    /// What `status -json` prints.
    static JsonNode status(StateStore store, Instant now) {
        return StatusJson.tree(StatusCommand.report(store, now));
    }

    /// What `spend -json -by=service,market` prints of the time since midnight UTC.
    static JsonNode spendToday(StateStore store, Instant now) {
        Instant midnight =
                now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
        return SpendJson.tree(Charges.of(store.spend(""), midnight, now), List.of(SpendBy.SERVICE, SpendBy.MARKET));
    }
}
