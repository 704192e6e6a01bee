package dev.skyhedge.weights;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One connection to one sender, from the hello until it ends.
final class Receiver {
    /// How a connection ended.
    sealed interface End {
        record Whole() implements End {}

        /// Nobody was there to begin with.
        record NotThere(String why) implements End {}

        record Lost(String why) implements End {}

        record Refused(Refusal refusal) implements End {}

        record BadChunk(int index) implements End {}

        /// This machine cannot keep the model: it is of no use to ask somebody else.
        record CannotKeep(String why) implements End {}
    }

    /// What a receiver tells and asks of its node.
    interface Keeper {
        /// The node's chunks; empty as long as it has no manifest.
        Optional<ChunkStore> store();

        /// @throws IOException if there can be no store for it
        ChunkStore open(Manifest manifest) throws IOException;

        long epoch();

        void connected(Socket socket);

        void welcomed(InetSocketAddress peer, int fromChunk);

        void added(int bytes);
    }

    private static final class CannotKeepException extends Exception {
        private static final long serialVersionUID = 1;

        CannotKeepException(IOException cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }

    private static final class BadChunkException extends Exception {
        private static final long serialVersionUID = 1;
        private final int index;

        BadChunkException(int index) {
            super("chunk " + index);
            this.index = index;
        }
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final Refusal refusal;

        RefusedException(Refusal refusal) {
            super(refusal.toString());
            this.refusal = refusal;
        }
    }

    private final NodeOptions options;
    private final NodeLimits limits;
    private final Keeper keeper;

    Receiver(NodeOptions options, NodeLimits limits, Keeper keeper) {
        this.options = options;
        this.limits = limits;
        this.keeper = keeper;
    }

    /// Receives until the model is whole or the connection ends.
    End receive(InetSocketAddress peer) {
        int stall = Math.toIntExact(limits.stall().toMillis());
        try (Socket socket = new Socket()) {
            keeper.connected(socket);
            try {
                socket.connect(new InetSocketAddress(peer.getHostString(), peer.getPort()), stall);
            } catch (IOException e) {
                return new End.NotThere(text(e));
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(stall);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            greet(in, new DataOutputStream(socket.getOutputStream()));
            keeper.welcomed(peer, keeper.store().map(ChunkStore::watermark).orElse(0));
            frames(in);
            return new End.Whole();
        } catch (SocketTimeoutException e) {
            return new End.Lost("silent for " + stall + " ms");
        } catch (IOException e) {
            return new End.Lost(text(e));
        } catch (RefusedException e) {
            return new End.Refused(e.refusal);
        } catch (BadChunkException e) {
            return new End.BadChunk(e.index);
        } catch (CannotKeepException e) {
            return new End.CannotKeep(text(e));
        }
    }

    private static String text(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private void greet(DataInputStream in, DataOutputStream out) throws IOException, RefusedException {
        int next = keeper.store().map(ChunkStore::watermark).orElse(0);
        Handshake.Hello hello = new Handshake.Hello(
                Handshake.VERSION,
                options.manifestId(),
                next,
                keeper.epoch(),
                keeper.store().isPresent());
        byte[] expected = new Handshake(options.token()).hello(hello, in, out);
        int frame = in.readInt();
        if (frame == Frame.REFUSAL) {
            throw refused(in.readInt());
        }
        byte[] answer = new byte[expected.length];
        in.readFully(answer);
        if (frame != Frame.WELCOME || !MessageDigest.isEqual(answer, expected)) {
            throw new InvalidInput("it does not know the plan's token");
        }
    }

    private static RefusedException refused(int code) throws InvalidInput {
        return new RefusedException(
                Refusal.of(code).orElseThrow(() -> new InvalidInput("it refuses with an unknown code " + code)));
    }

    private void frames(DataInputStream in)
            throws IOException, RefusedException, BadChunkException, CannotKeepException {
        byte @Nullable [] chunk = null;
        while (keeper.store().map(store -> !store.isWhole()).orElse(true)) {
            int frame = in.readInt();
            switch (frame) {
                case Frame.HEARTBEAT -> {}
                case Frame.REFUSAL -> throw refused(in.readInt());
                case Frame.MANIFEST -> manifest(in);
                default -> {
                    ChunkStore store =
                            keeper.store().orElseThrow(() -> new InvalidInput("it sends chunks before the manifest"));
                    chunk = chunk == null ? new byte[store.manifest().chunkBytes()] : chunk;
                    chunk(in, frame, store, chunk);
                }
            }
        }
    }

    private void manifest(DataInputStream in) throws IOException, CannotKeepException {
        int length = in.readInt();
        if (length <= 0 || length > Manifest.MAX_ENCODED_BYTES || keeper.store().isPresent()) {
            throw new InvalidInput("it sends a manifest of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        if (!Digest.of(bytes, length).equals(options.manifestId())) {
            throw new InvalidInput("it sends another manifest than the plan's");
        }
        Manifest manifest = Manifest.decoded(bytes);
        try {
            keeper.open(manifest);
        } catch (IOException e) {
            throw new CannotKeepException(e);
        }
    }

    private void chunk(DataInputStream in, int index, ChunkStore store, byte[] chunk)
            throws IOException, BadChunkException, CannotKeepException {
        int length = in.readInt();
        if (index != store.watermark() || length != store.manifest().length(index)) {
            throw new InvalidInput(
                    "it sends chunk " + index + " of " + length + " bytes, where " + store.watermark() + " is next");
        }
        in.readFully(chunk, 0, length);
        boolean right;
        try {
            right = store.add(chunk, length);
        } catch (IOException e) {
            throw new CannotKeepException(e);
        }
        if (!right) {
            throw new BadChunkException(index);
        }
        keeper.added(length);
    }
}
