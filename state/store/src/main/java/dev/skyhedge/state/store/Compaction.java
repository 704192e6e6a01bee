package dev.skyhedge.state.store;

/// Drops what is older than the retention, a little with every so many commits, so that no commit pays for much.
final class Compaction {
    /// Old rows are dropped each time that this fraction of the retention has been added.
    private static final int STEPS = 100;

    private Compaction() {}

    /// Drops old rows if enough of them have gathered.
    ///
    /// @param meta as this commit will write it
    /// @param before as the previous commit wrote it
    /// @return meta with the oldest serial that can still be read
    static Meta run(Session session, Meta meta, Meta before, Retention retention) {
        long eventStep = Math.max(1, retention.events() / STEPS);
        if (meta.lastOrdinal() / eventStep != before.lastOrdinal() / eventStep) {
            long last = meta.lastOrdinal() - retention.events();
            session.update("DELETE FROM event WHERE ordinal <= ?", last);
            session.update("DELETE FROM intent WHERE is_open = FALSE AND ordinal <= ?", last);
        }
        long oldest = meta.serial() - retention.serials();
        long serialStep = Math.max(1, retention.serials() / STEPS);
        return oldest - meta.oldestReadable() < serialStep ? meta : dropSerials(session, meta, oldest);
    }

    private static Meta dropSerials(Session session, Meta meta, long oldest) {
        session.update("DELETE FROM history WHERE serial <= ?", oldest);
        return new Meta(
                meta.lineage(),
                meta.serial(),
                meta.tick(),
                meta.lastOrdinal(),
                oldest,
                meta.rowsDigest(),
                meta.nonemptySince(),
                meta.lastCommit());
    }
}
