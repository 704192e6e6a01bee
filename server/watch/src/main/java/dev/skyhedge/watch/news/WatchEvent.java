package dev.skyhedge.watch.news;

import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.state.records.WorkloadRecord;
import java.time.Instant;
import java.util.List;

/// What a watch tells people. Where and how it is shown is up to whoever listens.
public sealed interface WatchEvent {
    /// What it comes to when nothing comes of a change.
    String UNCHANGED = "The spec that was in force before stays in force.";

    /// Something to know, in a sentence or some.
    record Note(Instant at, String text) implements WatchEvent {}

    /// A replica is in another state.
    record Moved(Instant at, Step.Transition transition) implements WatchEvent {}

    /// What a replica wrote before it failed.
    record LastLines(Instant at, String replica, String lines) implements WatchEvent {}

    /// The newest version of a service does not work.
    record RollOutStopped(Instant at, WorkloadRecord service) implements WatchEvent {}

    /// Something that the user may mend.
    record Complaint(List<Diagnostic> diagnostics) implements WatchEvent {
        public Complaint {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /// What a changed spec would lead to; nothing of it is done yet.
    record ChangePlanned(Preview preview) implements WatchEvent {}

    /// Nothing comes of a changed spec: [#UNCHANGED].
    record ChangeRefused(List<Diagnostic> why) implements WatchEvent {
        public ChangeRefused {
            why = List.copyOf(why);
        }
    }

    /// Somebody was asked and did not agree: [#UNCHANGED].
    record ChangeNotApproved() implements WatchEvent {}

    /// A question is open from now on, and this reminds of it.
    record Waits(Instant at, String reminder) implements WatchEvent {}

    /// No question is open any more.
    record WaitsNoMore() implements WatchEvent {}
}
