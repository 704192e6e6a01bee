package dev.skyhedge.state.store;

import dev.skyhedge.state.records.ClosedScope;
import dev.skyhedge.state.records.Event;
import dev.skyhedge.state.records.Intent;
import dev.skyhedge.state.records.ProviderAccount;
import dev.skyhedge.state.records.SpecInForce;
import dev.skyhedge.state.records.SpendEntry;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.store.json.RecordForms;
import dev.skyhedge.state.store.json.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rows and verifies each against its checksum.
final class Rows {
    private static final String SPEND = "SELECT service, kind, subject, from_millis, body, row_sha256 FROM spend";

    private Rows() {}

    /// An intent as it is stored.
    record IntentRow(String id, long ordinal, String body, String sha256) {}

    static List<SubjectTable.Row<Intent>> openIntents(Session session) {
        return session
                .list(
                        "SELECT id, ordinal, body, outcome, row_sha256 FROM intent WHERE is_open = TRUE ORDER BY ordinal",
                        Rows::readIntent)
                .stream()
                .map(row -> new SubjectTable.Row<>(RowJson.read(RecordForms.INTENT, row.body()), row.sha256()))
                .toList();
    }

    static IntentRow intent(Session session, String id) {
        return session.one(
                        "SELECT id, ordinal, body, outcome, row_sha256 FROM intent WHERE id = ?", Rows::readIntent, id)
                .orElseThrow(() -> new StateException(StateProblems.missingRow("intent", id)));
    }

    private static IntentRow readIntent(ResultSet row) throws SQLException {
        String id = row.getString(1);
        long ordinal = row.getLong(2);
        String body = row.getString(3);
        String sha256 = row.getString(5);
        StateProblems.requireIntact("intent", id, intentChecksum(id, ordinal, body, row.getString(4)), sha256);
        return new IntentRow(id, ordinal, body, sha256);
    }

    static List<ZoneHealth> zoneHealth(Session session) {
        return session.list("SELECT location, accelerator, market, body, row_sha256 FROM zone_health", row -> {
            String location = row.getString(1);
            String accelerator = row.getString(2);
            String market = row.getString(3);
            String body = row.getString(4);
            StateProblems.requireIntact(
                    "zone_health",
                    location + " " + accelerator + " " + market,
                    Checksum.of("zone_health", location, accelerator, market, body),
                    row.getString(5));
            return RowJson.read(RecordForms.ZONE_HEALTH, body);
        });
    }

    static List<ClosedScope> closedScopes(Session session) {
        return session.list("SELECT scope, body, row_sha256 FROM closed_scope", row -> {
            String scope = row.getString(1);
            String body = row.getString(2);
            StateProblems.requireIntact("closed_scope", scope, closedScopeChecksum(scope, body), row.getString(3));
            return RowJson.read(RecordForms.CLOSED_SCOPE, body);
        });
    }

    static List<ProviderAccount> accounts(Session session) {
        return session.list("SELECT provider, body, row_sha256 FROM provider_account", row -> {
            String provider = row.getString(1);
            String body = row.getString(2);
            StateProblems.requireIntact(
                    "provider_account", provider, accountChecksum(provider, body), row.getString(3));
            return RowJson.read(RecordForms.ACCOUNT, body);
        });
    }

    static Optional<SpecInForce> specInForce(Session session) {
        return session.one("SELECT body, row_sha256 FROM spec_in_force WHERE id = 1", row -> {
            String body = row.getString(1);
            StateProblems.requireIntact("spec_in_force", "1", specChecksum(body), row.getString(2));
            return RowJson.read(RecordForms.SPEC, body);
        });
    }

    static List<Event> events(Session session, String service, int limit) {
        String select = "SELECT ordinal, service, body, row_sha256 FROM event";
        String newest = " ORDER BY ordinal DESC FETCH FIRST ? ROWS ONLY";
        return service.isEmpty()
                ? session.list(select + newest, Rows::readEvent, limit)
                : session.list(select + " WHERE service = ?" + newest, Rows::readEvent, service, limit);
    }

    private static Event readEvent(ResultSet row) throws SQLException {
        long ordinal = row.getLong(1);
        String body = row.getString(3);
        StateProblems.requireIntact(
                "event",
                Long.toString(ordinal),
                Checksum.of("event", ordinal, row.getString(2), body),
                row.getString(4));
        return RowJson.read(RecordForms.EVENT, body);
    }

    static List<SpendEntry> spend(Session session, String service) {
        return service.isEmpty()
                ? session.list(SPEND, Rows::readSpend)
                : session.list(SPEND + " WHERE service = ?", Rows::readSpend, service);
    }

    static List<SpendEntry> spendBegunBefore(Session session, Instant time) {
        return session.list(SPEND + " WHERE from_millis < ?", Rows::readSpend, time.toEpochMilli());
    }

    private static SpendEntry readSpend(ResultSet row) throws SQLException {
        String service = row.getString(1);
        String subject = row.getString(3);
        long from = row.getLong(4);
        String body = row.getString(5);
        StateProblems.requireIntact(
                "spend",
                service + " " + subject,
                Checksum.of("spend", service, row.getString(2), subject, from, body),
                row.getString(6));
        return RowJson.read(RecordForms.SPEND, body);
    }

    static String closedScopeChecksum(String scope, String body) {
        return Checksum.of("closed_scope", scope, body);
    }

    static String accountChecksum(String provider, String body) {
        return Checksum.of("provider_account", provider, body);
    }

    static String specChecksum(String body) {
        return Checksum.of("spec_in_force", body);
    }

    static String intentChecksum(String id, long ordinal, String body, @Nullable String outcome) {
        return Checksum.of("intent", id, ordinal, body, outcome);
    }
}
