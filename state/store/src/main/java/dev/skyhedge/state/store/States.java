package dev.skyhedge.state.store;

import dev.skyhedge.state.records.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Opens states.
public final class States {
    /// Where a state is kept unless somebody says otherwise.
    public static final Path DEFAULT_DIRECTORY = Path.of(".skyhedge");

    private static final String FILE = "state.mv.db";
    private static final String SIDECAR = "state.lineage";
    private static final int PREPARE_ATTEMPTS = 2;

    private States() {}

    /// Opens a state, and makes it where there was none. A state that cannot be used is refused and left as it
    /// is.
    ///
    /// @param location where it is
    /// @param clock this machine's; a shared state uses its server's
    public static OpenResult open(StateLocation location, InstantSource clock) {
        return open(location, clock, Retention.DEFAULT);
    }

    /// As [#open(StateLocation, InstantSource)].
    ///
    /// @param retention how much of the past is kept
    public static OpenResult open(StateLocation location, InstantSource clock, Retention retention) {
        try {
            return switch (location) {
                case StateLocation.Directory(var path) -> openFiles(path, clock, retention);
                case StateLocation.PostgreSql server -> openServer(server, retention);
            };
        } catch (StateException e) {
            return new OpenResult.Refused(e.problem());
        }
    }

    /// Opens a state to look at it, as [#open(StateLocation, InstantSource)] does. One whose files this user may
    /// only read is opened, too: what is shown then is what was committed at this moment, and nothing can be saved.
    public static OpenResult look(StateLocation location, InstantSource clock) {
        if (location instanceof StateLocation.Directory(var path) && mayOnlyBeRead(path)) {
            return lookAtCopy(path, clock);
        }
        return open(location, clock);
    }

    /// Whether there is a state in that directory which this user may read, but not write.
    public static boolean mayOnlyBeRead(Path directory) {
        Path file = directory.resolve(FILE);
        return Files.isReadable(file) && !(Files.isWritable(file) && Files.isWritable(directory));
    }

    /// Looks at a copy.
    static OpenResult lookAtCopy(Path directory, InstantSource clock) {
        Path file = directory.resolve(FILE);
        try {
            // Before the copy is made, which may only be newer then.
            Sidecar sidecar = new Sidecar(directory.resolve(SIDECAR));
            Optional<Sidecar.Mark> mark = read(sidecar);
            requireNotEmptied(file, mark, sidecar);
            var known = new Known(mark, Optional.of(sidecar.file()));
            return open(CopiedDatabase.of(file, clock), Optional.empty(), known, Retention.DEFAULT);
        } catch (IOException e) {
            return new OpenResult.Refused(StateProblems.cannotCopy(file.toString(), e));
        } catch (StateException e) {
            return new OpenResult.Refused(e.problem());
        }
    }

    /// Opens a state that takes over a lineage: a new one, or one to which nothing was ever committed. This is
    /// how what still runs is found again after its state was lost. Any other state is refused and left as it
    /// is.
    ///
    /// @param lineage as it is written on the instances
    public static OpenResult adopt(StateLocation location, InstantSource clock, String lineage) {
        try {
            return switch (location) {
                case StateLocation.Directory(var path) -> {
                    Sidecar sidecar = sidecarIn(path);
                    requireWritable(path.resolve(FILE));
                    yield adopt(new H2Database(path, clock), Optional.of(sidecar), lineage);
                }
                case StateLocation.PostgreSql server ->
                    adopt(new PostgresDatabase(server), server.directory().map(States::sidecarIn), lineage);
            };
        } catch (StateException e) {
            return new OpenResult.Refused(e.problem());
        }
    }

    private static OpenResult adopt(Database database, Optional<Sidecar> sidecar, String lineage) {
        try {
            Optional<Sidecar.Mark> mark = sidecar.flatMap(States::read);
            if (mark.isPresent()
                    && mark.get().tick() > 0
                    && !mark.get().lineage().equals(lineage)) {
                throw new StateException(StateProblems.notEmpty(
                        database.location(),
                        lineage,
                        "was a state of lineage " + mark.get().lineage()));
            }
            Meta adopted = Schema.adopt(database, lineage);
            if (sidecar.isPresent()) {
                sidecar.get().remember(Sidecar.Mark.of(adopted));
            }
            return new OpenResult.Opened(new JdbcState(database, sidecar, LocalProcesses::isDead, Retention.DEFAULT));
        } catch (SqlFailure e) {
            database.distrust();
            database.close();
            throw new StateException(database.problem(e.sql()), e);
        } catch (StateException e) {
            database.distrust();
            database.close();
            throw e;
        } catch (IOException e) {
            database.close();
            throw new StateException(StateProblems.notWritable(database.location(), e), e);
        }
    }

    private static OpenResult openFiles(Path directory, InstantSource clock, Retention retention) {
        Sidecar sidecar = sidecarIn(directory);
        Path file = directory.resolve(FILE);
        requireWritable(file);
        Optional<Sidecar.Mark> mark = read(sidecar);
        requireNotEmptied(file, mark, sidecar);
        return open(
                new H2Database(directory, clock),
                Optional.of(sidecar),
                new Known(mark, Optional.of(sidecar.file())),
                retention);
    }

    private static OpenResult openServer(StateLocation.PostgreSql server, Retention retention) {
        Optional<Sidecar> sidecar = server.directory().map(States::sidecarIn);
        Optional<Sidecar.Mark> mark = sidecar.flatMap(States::read);
        return open(new PostgresDatabase(server), sidecar, new Known(mark, sidecar.map(Sidecar::file)), retention);
    }

    /// What is known of a state before it is opened.
    ///
    /// @param mark how far it had come
    /// @param from the file that says so
    private record Known(Optional<Sidecar.Mark> mark, Optional<Path> from) {}

    private static void requireNotEmptied(Path file, Optional<Sidecar.Mark> mark, Sidecar sidecar) {
        if (mark.isPresent() && mark.get().tick() > 0 && isEmpty(file)) {
            String found = Files.exists(file) ? "is empty" : "is gone";
            throw new StateException(StateProblems.lost(file.toString(), mark.get(), sidecar.file(), found));
        }
    }

    private static OpenResult open(Database database, Optional<Sidecar> sidecar, Known before, Retention retention) {
        Optional<Sidecar.Mark> mark = before.mark();
        try {
            boolean mayBeNew = mark.isEmpty() || mark.get().tick() == 0;
            Optional<Meta> known = prepare(database, mayBeNew);
            if (mark.isPresent() && before.from().isPresent()) {
                requireNotOlder(database, known, mark.get(), before.from().get());
            }
            Meta meta = known.orElseThrow();
            if (sidecar.isPresent() && isBehind(mark, meta)) {
                sidecar.get().remember(Sidecar.Mark.of(meta));
            }
            return new OpenResult.Opened(new JdbcState(database, sidecar, LocalProcesses::isDead, retention));
        } catch (SqlFailure e) {
            database.distrust();
            database.close();
            throw new StateException(explained(database.problem(e.sql()), mark), e);
        } catch (StateException e) {
            database.distrust();
            database.close();
            throw new StateException(explained(e.problem(), mark), e);
        } catch (IOException e) {
            database.close();
            throw new StateException(StateProblems.notWritable(database.location(), e), e);
        }
    }

    /// Who opened a new state at the same time, and made its tables, may close it before we have seen them: then the
    /// connection through that process breaks, and there is another way in. Nothing of a failed attempt stays.
    static Optional<Meta> prepare(Database database, boolean mayBeNew) {
        for (int attempt = 1; true; attempt++) {
            try {
                return Schema.prepare(
                        database, mayBeNew, () -> UUID.randomUUID().toString());
            } catch (SqlFailure e) {
                boolean broken = database.problem(e.sql()).kind() == StateProblem.Kind.UNREACHABLE;
                if (!broken || attempt == PREPARE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static StateProblem explained(StateProblem problem, Optional<Sidecar.Mark> mark) {
        return problem.kind() == StateProblem.Kind.DAMAGED && mark.isPresent()
                ? StateProblems.withLastGood(problem, mark.get())
                : problem;
    }

    private static void requireNotOlder(Database database, Optional<Meta> meta, Sidecar.Mark mark, Path markFile) {
        boolean nothingLost = mark.tick() == 0;
        boolean same = meta.isPresent() && meta.get().lineage().equals(mark.lineage());
        if (nothingLost
                || (same && meta.get().serial() >= mark.serial() && meta.get().tick() >= mark.tick())) {
            return;
        }
        String found = meta.isEmpty()
                ? "is empty"
                : same
                        ? "has only serial " + meta.get().serial() + " and commit "
                                + meta.get().tick()
                        : "is another state, of lineage " + meta.get().lineage();
        throw new StateException(StateProblems.lost(database.location(), mark, markFile, found));
    }

    /// Most openings find a sidecar that needs no writing: a tick alone is not worth it.
    private static boolean isBehind(Optional<Sidecar.Mark> mark, Meta meta) {
        return mark.isEmpty()
                || !mark.get().lineage().equals(meta.lineage())
                || mark.get().serial() < meta.serial();
    }

    private static Sidecar sidecarIn(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new StateException(StateProblems.notADirectory(directory.toString()));
        }
        try {
            PrivateFiles.makeDirectory(directory);
        } catch (IOException e) {
            throw new StateException(StateProblems.notWritable(directory.toString(), e), e);
        }
        if (!Files.isWritable(directory)) {
            throw new StateException(StateProblems.readOnly(directory.toString()));
        }
        Sidecar sidecar = new Sidecar(directory.resolve(SIDECAR));
        requireWritable(sidecar.file());
        return sidecar;
    }

    private static void requireWritable(Path file) {
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new StateException(StateProblems.readOnly(file.toString()));
        }
    }

    private static Optional<Sidecar.Mark> read(Sidecar sidecar) {
        try {
            return sidecar.read();
        } catch (Sidecar.Unreadable e) {
            throw new StateException(
                    StateProblems.damaged(e.getMessage() + ". It says how far the state had come; if"
                            + " you are certain that the state beside it is the newest, delete it."),
                    e);
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException e) {
            throw new StateException(StateProblems.notWritable(file.toString(), e), e);
        }
    }
}
