package dev.skyhedge.state.store;

import dev.skyhedge.state.records.RecordedDecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The rows of decisions. Nothing depends on them but explanations: they are no part of the state's
/// digest, and the oldest go as new ones come.
final class DecisionTable {
    /// So many of the newest are kept.
    static final int KEPT = 5_000;

    /// So long is one kept.
    static final Duration KEPT_FOR = Duration.ofDays(30);

    /// So many characters of packed text are kept, whatever the fleet's size.
    static final long KEPT_CHARACTERS = 16L * 1024 * 1024;

    /// What a column takes.
    private static final int PART = 1_000_000;

    private DecisionTable() {}

    static void insert(Session session, RecordedDecision decision) {
        String packed = PackedText.pack(decision.text());
        session.update(
                "INSERT INTO decision (serial, at_millis, size) VALUES (?, ?, ?)",
                decision.serial(),
                decision.at().toEpochMilli(),
                (long) packed.length());
        for (int part = 0; part * PART < packed.length(); part++) {
            String body = packed.substring(part * PART, Math.min(packed.length(), (part + 1) * PART));
            session.update(
                    "INSERT INTO decision_part (serial, part, body, row_sha256) VALUES (?, ?, ?, ?)",
                    decision.serial(),
                    part,
                    body,
                    checksum(decision.serial(), part, body));
        }
        dropOld(session, decision.at());
    }

    /// The newest is kept in any case.
    private static void dropOld(Session session, Instant now) {
        session.list(
                        """
                        SELECT MAX(serial) FROM (
                            SELECT serial, at_millis, ROW_NUMBER() OVER (ORDER BY serial DESC) AS place,
                                SUM(size) OVER (ORDER BY serial DESC) AS total
                            FROM decision) AS kept
                        WHERE place > 1 AND (place > ? OR total > ? OR at_millis < ?)
                        HAVING MAX(serial) IS NOT NULL""",
                        row -> row.getLong(1),
                        KEPT,
                        KEPT_CHARACTERS,
                        now.minus(KEPT_FOR).toEpochMilli())
                .forEach(newestToDrop -> {
                    session.update("DELETE FROM decision_part WHERE serial <= ?", newestToDrop);
                    session.update("DELETE FROM decision WHERE serial <= ?", newestToDrop);
                });
    }

    private record Head(long serial, long atMillis) {}

    static List<RecordedDecision> newest(Session session, long beforeSerial, int limit) {
        List<Head> heads = session.list(
                "SELECT serial, at_millis FROM decision WHERE serial < ? ORDER BY serial DESC"
                        + " FETCH FIRST ? ROWS ONLY",
                row -> new Head(row.getLong(1), row.getLong(2)),
                beforeSerial,
                limit);
        List<RecordedDecision> decisions = new ArrayList<>();
        for (Head head : heads) {
            String packed = String.join(
                    "",
                    session.list(
                            "SELECT serial, part, body, row_sha256 FROM decision_part WHERE serial = ? ORDER BY part",
                            DecisionTable::readPart,
                            head.serial()));
            decisions.add(new RecordedDecision(
                    head.serial(), Instant.ofEpochMilli(head.atMillis()), PackedText.unpack(packed)));
        }
        return decisions;
    }

    private static String readPart(ResultSet row) throws SQLException {
        long serial = row.getLong(1);
        int part = row.getInt(2);
        String body = row.getString(3);
        StateProblems.requireIntact(
                "decision_part", serial + " " + part, checksum(serial, part, body), row.getString(4));
        return body;
    }

    private static String checksum(long serial, int part, String body) {
        return Checksum.of("decision_part", serial, part, body);
    }
}
