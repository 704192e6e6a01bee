package dev.skyhedge.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.state.records.Event;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// All that a console knows and can do. Everything is called from several threads at once and may block.
///
/// @param readiness whether traffic can be served, for `/readyz`
/// @param metrics of everybody who has some, for `/metrics`
/// @param status the document of `/api/status`, without secrets
/// @param events the newest events, newest first, at most as many as given
/// @param reconcile wakes the reconciler; returns at once
/// @param notices takes what instances report, for `POST /v1/notices`; empty if they report to nobody
/// @param page what the page at `/` shows beyond that; empty if there is no page
public record ConsoleSources(
        Supplier<Readiness> readiness,
        Supplier<List<MetricSnapshots>> metrics,
        Supplier<JsonNode> status,
        IntFunction<List<Event>> events,
        Runnable reconcile,
        Optional<NoticeDesk> notices,
        Optional<PageSources> page) {
    /// Without a page.
    public ConsoleSources(
            Supplier<Readiness> readiness,
            Supplier<List<MetricSnapshots>> metrics,
            Supplier<JsonNode> status,
            IntFunction<List<Event>> events,
            Runnable reconcile,
            Optional<NoticeDesk> notices) {
        this(readiness, metrics, status, events, reconcile, notices, Optional.empty());
    }
}
