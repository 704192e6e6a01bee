package dev.skyhedge.state.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skyhedge.state.store.json.RowJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import org.h2.tools.Server;

/// Lets other processes of this user and machine share the database that this process has open. Listens on the
/// loopback address; its port and a random key, without which it opens nothing, stand in a file for its owner
/// only.
final class H2Server implements AutoCloseable {
    private static final int KEY_BYTES = 24;
    private static final int MAX_FILE_BYTES = 1_024;

    private final Server server;
    private final Path file;

    /// Where a process serves.
    record Door(int port, String key) {
        String url() {
            return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + key;
        }
    }

    private H2Server(Server server, Path file) {
        this.server = server;
        this.file = file;
    }

    /// Begins to serve.
    ///
    /// @param database the database's path as this process has opened it
    /// @param file where to tell others
    static H2Server start(String database, Path file) throws SQLException, IOException {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = HexFormat.of().formatHex(random);
        Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, database);
        server.start();
        DurableFile.replace(file, RowJson.object().put("port", server.getPort()).put("key", key) + "\n");
        return new H2Server(server, file);
    }

    /// Where somebody serves, or did so until it was killed.
    static Optional<Door> find(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) > MAX_FILE_BYTES) {
                return Optional.empty();
            }
            JsonNode door = RowJson.parse(Files.readString(file));
            return Optional.of(new Door(door.required("port").intValue(), RowJson.string(door, "key")));
        } catch (IOException | IllegalArgumentException _) {
            // Just replaced, or not one of ours: the caller tries again until its time is up, and then says so.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // A stale file is harmless: whoever reads it finds nobody behind it.
            server.stop();
        }
        server.stop();
    }
}
