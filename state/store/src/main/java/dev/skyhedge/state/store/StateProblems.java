package dev.skyhedge.state.store;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.records.StateProblem.Kind;
import java.io.IOException;
import java.nio.file.Path;

/// The texts of the problems that a store can have: what was found, where, and what to do about it.
final class StateProblems {
    private static final String RESTORE = " Restore the state from a backup. Nothing was changed.";

    private StateProblems() {}

    /// @throws StateException if this serial cannot be read back
    static void requireReadable(long serial, long oldest, long newest) {
        if (serial < oldest || serial > newest) {
            throw new StateException(new StateProblem(
                    Kind.NO_SUCH_SERIAL,
                    "State has no such serial",
                    "Serial " + serial + " cannot be read; the state keeps serials " + oldest + " to " + newest + "."));
        }
    }

    /// @throws StateException if a row is not what was written
    static void requireIntact(String table, String key, String computed, String stored) {
        if (!computed.equals(stored)) {
            throw new StateException(damaged("Row " + key + " of table " + table
                    + " is not what was written: its checksum does not fit." + RESTORE));
        }
    }

    static StateProblem missingRow(String table, String key) {
        return damaged("Row " + key + " of table " + table + " is missing." + RESTORE);
    }

    static StateProblem rowsDiffer() {
        return damaged("Rows of the tables workload, machine, task or intent are missing, or were put back to an older"
                + " content." + RESTORE);
    }

    static StateProblem damaged(String detail) {
        return new StateProblem(Kind.DAMAGED, "State is damaged", detail);
    }

    /// The same problem, with the last serial that is known to have been saved.
    static StateProblem withLastGood(StateProblem problem, Sidecar.Mark mark) {
        return new StateProblem(
                problem.kind(),
                problem.summary(),
                problem.detail() + " The last good serial was " + mark.serial() + ".");
    }

    static StateProblem lost(String location, Sidecar.Mark mark, Path sidecar, String found) {
        return new StateProblem(
                Kind.LOST,
                "State is lost",
                location + " " + found + ", but it had reached serial " + mark.serial() + " and commit " + mark.tick()
                        + " of lineage "
                        + mark.lineage()
                        + ". What it knew of may still be running and cost money. Restore it from a backup. Without"
                        + " one, `skyhedge state adopt " + mark.lineage() + "` makes a new state that takes over what"
                        + " still runs; only if you are certain that nothing does, delete " + sidecar
                        + " to begin anew.");
    }

    static StateProblem deleted(String location) {
        return new StateProblem(
                Kind.LOST,
                "State is lost",
                location + " was deleted or replaced while this process had it open, so nothing can be saved any more."
                        + " Nothing further is begun. Restore it from a backup, or have `skyhedge state adopt` take over"
                        + " what still runs.");
    }

    static StateProblem notEmpty(String location, String lineage, String found) {
        return new StateProblem(
                Kind.NOT_EMPTY,
                "State is not empty",
                location + " " + found + ". Only a new, empty state can take over lineage " + lineage
                        + ": name another place with -state. Nothing was changed.");
    }

    static StateProblem newerVersion(String location, int found, int known) {
        return new StateProblem(
                Kind.NEWER_VERSION,
                "State was written by a newer Skyhedge",
                location + " has schema version " + found + ", this Skyhedge knows versions up to " + known
                        + ". Use the newer Skyhedge. Nothing was changed.");
    }

    static StateProblem readOnly(String path) {
        return new StateProblem(
                Kind.READ_ONLY,
                "State is read-only",
                path + " cannot be written by this user. Nothing that would have to be remembered is begun.");
    }

    static StateProblem cannotCopy(String file, IOException cause) {
        return new StateProblem(
                Kind.READ_ONLY,
                "State cannot be read",
                file + " cannot be written by this user, so a copy of it is read in the directory for temporary files,"
                        + " which could not be made: " + cause.getMessage() + ".");
    }

    /// Something else has the name of a state's directory.
    static StateProblem notADirectory(String path) {
        return new StateProblem(
                Kind.READ_ONLY,
                "State is not a directory",
                path + " is a file. Name the directory that holds the state, or one that can be made.");
    }

    /// A file that should have been written.
    static StateProblem notWritable(String path, IOException failure) {
        return Failures.noSpace(failure) ? full(path, Failures.firstLine(failure)) : readOnly(path);
    }

    static StateProblem full(String location, String what) {
        return new StateProblem(
                Kind.FULL,
                "No space is left for the state",
                location + " could not be written: " + what + ". Free some space, then run again.");
    }

    static StateProblem locked(String location, String what) {
        return new StateProblem(
                Kind.LOCKED, "State is locked", location + " is held by another process: " + what + ".");
    }

    /// An older Skyhedge runs with it.
    static StateProblem inUseByEarlierVersion(String location, Lease lease) {
        LeaseClaim holder = lease.claim();
        return new StateProblem(
                Kind.IN_USE,
                "State is in use by an earlier Skyhedge",
                location + " is to be brought to this version, but `skyhedge " + holder.operation()
                        + "` of an earlier one, process " + holder.pid() + " on " + holder.host()
                        + ", works with it. End that first: what it has launched runs on. Nothing was changed.");
    }

    static StateProblem unreachable(String location, String what) {
        return new StateProblem(
                Kind.UNREACHABLE,
                "State cannot be reached",
                location + " does not answer: " + (what.endsWith(".") ? what : what + "."));
    }
}
