package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.HASH;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Hashes of the UTF-8 bytes of a string.
final class HashFunctions {
    /// The namespaces of RFC 9562, section 6.6.
    private static final Map<String, String> NAMESPACES = Map.of(
            "dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            "url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
            "oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
            "x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8");

    private static final int UUID_LENGTH = 36;

    static final List<FunctionDefinition> ALL = List.of(
            base64("base64sha256", "SHA-256", 44),
            base64("base64sha512", "SHA-512", 88),
            hex("md5", "MD5", "5d41402abc4b2a76b9719d911017c592"),
            hex("sha1", "SHA-1", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"),
            hex("sha256", "SHA-256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
            hex(
                    "sha512",
                    "SHA-512",
                    "9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca7"
                            + "2323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043"),
            function(HASH, "uuidv5")
                    .takes("namespace", Type.STRING)
                    .takes("name", Type.STRING)
                    .returns(Type.STRING)
                    .does("The UUID of the name in the namespace, which is dns, url, oid, x500 or a UUID (RFC 9562,"
                            + " version 5).")
                    .example("uuidv5(\"dns\", \"www.terraform.io\")", "\"a5008fae-b28c-5ba5-96cd-82b4c53552d6\"")
                    .as(HashFunctions::uuid));

    private HashFunctions() {}

    private static FunctionDefinition hex(String name, String algorithm, String ofHello) {
        return function(HASH, name)
                .takes("text", Type.STRING)
                .returns(Type.STRING)
                .does("The " + algorithm + " hash of the text in hexadecimal digits.")
                .example(name + "(\"hello\")", "\"" + ofHello + "\"")
                .as(arguments -> Value.of(hex(algorithm, bytes(arguments.text(0)))));
    }

    private static FunctionDefinition base64(String name, String algorithm, int length) {
        return function(HASH, name)
                .takes("text", Type.STRING)
                .returns(Type.STRING)
                .does("The " + algorithm + " hash of the text in Base64.")
                .example("length(" + name + "(\"hello\"))", String.valueOf(length))
                .as(arguments ->
                        Value.of(Base64.getEncoder().encodeToString(digest(algorithm, bytes(arguments.text(0))))));
    }

    private static Value uuid(Arguments arguments) {
        UUID namespace = namespace(arguments.text(0));
        byte[] name = bytes(arguments.text(1));
        ByteBuffer input = ByteBuffer.allocate(Long.BYTES * 2 + name.length)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .put(name);
        ByteBuffer hash = ByteBuffer.wrap(digest("SHA-1", input.array()));
        long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return Value.of(new UUID(high, low).toString());
    }

    private static UUID namespace(String name) {
        try {
            String known = NAMESPACES.getOrDefault(name, name);
            if (known.length() == UUID_LENGTH) {
                return UUID.fromString(known);
            }
        } catch (IllegalArgumentException e) {
            throw new FunctionException(0, "the namespace must be dns, url, oid, x500 or a UUID: " + e.getMessage());
        }
        throw new FunctionException(0, "the namespace must be dns, url, oid, x500 or a UUID");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(String algorithm, byte[] bytes) {
        return HexFormat.of().formatHex(digest(algorithm, bytes));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }
}
