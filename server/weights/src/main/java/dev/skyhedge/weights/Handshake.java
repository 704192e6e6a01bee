package dev.skyhedge.weights;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How two machines of a plan find out that the other one knows the plan's token, without sending it.
/// The sender challenges, the receiver says hello and answers, the sender answers in turn: each side
/// signs the challenges of both, and all that the receiver says of itself.
///
/// Numbers are big endian. What follows is not encrypted and not signed: chunks are held to the
/// manifest's digests, so that who listens can read the model, and cannot change it.
final class Handshake {
    static final int MAGIC = 0x534b5957;
    static final int VERSION = 1;
    static final int MIN_TOKEN_BYTES = 16;
    private static final int NONCE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What a receiver wants.
    ///
    /// @param hasManifest whether it needs to be sent none
    record Hello(int version, Digest manifest, int nextChunk, long epoch, boolean hasManifest) {}

    private final byte[] token;

    Handshake(byte[] token) {
        if (token.length < MIN_TOKEN_BYTES) {
            throw new IllegalArgumentException("A token has 16 bytes or more, not " + token.length);
        }
        this.token = token.clone();
    }

    /// The receiver's side.
    ///
    /// @return what the sender has to answer, if it knows the token
    byte[] hello(Hello hello, DataInputStream in, DataOutputStream out) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new InvalidInput("Whoever answers there does not send models");
        }
        byte[] theirs = full(in, NONCE_BYTES);
        byte[] ours = nonce();
        byte[] said = encoded(hello, ours);
        out.write(said);
        out.write(signature("receiver", theirs, said));
        out.flush();
        return signature("sender", theirs, said);
    }

    /// What the receiver said, read and checked by the sender.
    ///
    /// @param hello as it was said; to be obeyed only if `known`
    /// @param answer to be sent if it is
    record Received(Hello hello, boolean known, byte[] answer) {}

    /// The sender's side.
    Received receive(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] ours = nonce();
        out.writeInt(MAGIC);
        out.write(ours);
        out.flush();
        if (in.readInt() != MAGIC) {
            throw new InvalidInput("Whoever calls does not want a model");
        }
        Hello hello = new Hello(
                in.readUnsignedShort(),
                new Digest(full(in, Digest.LENGTH)),
                in.readInt(),
                in.readLong(),
                in.readBoolean());
        byte[] theirs = full(in, NONCE_BYTES);
        byte[] said = encoded(hello, theirs);
        boolean known = MessageDigest.isEqual(full(in, Digest.LENGTH), signature("receiver", ours, said));
        return new Received(hello, known, signature("sender", ours, said));
    }

    private static byte[] full(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    private static byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] encoded(Hello hello, byte[] nonce) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeShort(hello.version());
            out.write(hello.manifest().bytes());
            out.writeInt(hello.nextChunk());
            out.writeLong(hello.epoch());
            out.writeBoolean(hello.hasManifest());
            out.write(nonce);
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private byte[] signature(String side, byte[] challenge, byte[] said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token, "HmacSHA256"));
            mac.update(side.getBytes(StandardCharsets.UTF_8));
            mac.update(challenge);
            return mac.doFinal(said);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
        }
    }
}
