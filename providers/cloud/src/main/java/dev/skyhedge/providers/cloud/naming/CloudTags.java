package dev.skyhedge.providers.cloud.naming;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// The tags (labels) on everything that we rent. Keys and values stay within `[a-z0-9_-]{1,63}`, the smallest
/// alphabet of any cloud: other characters are written as `_` and two hexadecimal digits for each byte.
public final class CloudTags {
    public static final String LINEAGE = "skyhedge-lineage";
    public static final String SERVICE = "skyhedge-service";
    public static final String REPLICA = "skyhedge-replica";
    public static final String GENERATION = "skyhedge-generation";
    public static final String TOKEN = "skyhedge-token";

    /// The most characters that a value may have in every cloud.
    public static final int LONGEST_VALUE = 63;

    private static final Pattern VALUE = Pattern.compile("(?:[a-z0-9-]|_[0-9a-f]{2})+");

    private CloudTags() {}

    /// The tags to write, in the order above.
    public static SequencedMap<String, String> write(InstanceTags tags) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        map.put(LINEAGE, encode(tags.lineage()));
        map.put(SERVICE, encode(tags.service()));
        map.put(REPLICA, encode(tags.replica()));
        map.put(GENERATION, Integer.toString(tags.generation()));
        map.put(TOKEN, tags.token().value());
        return Collections.unmodifiableSequencedMap(map);
    }

    /// What does not fit into a cloud's tags: the name of the first tag that is too long.
    public static Optional<String> tooLong(InstanceTags tags) {
        return write(tags).entrySet().stream()
                .filter(tag -> tag.getValue().length() > LONGEST_VALUE)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Reads tags back; empty if they are not all there or not ours.
    public static Optional<InstanceTags> read(Map<String, String> written) {
        try {
            String generation = written.getOrDefault(GENERATION, "");
            String token = written.getOrDefault(TOKEN, "");
            if (!generation.matches("[1-9][0-9]{0,8}") || token.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new InstanceTags(
                    decode(written.getOrDefault(LINEAGE, "")),
                    decode(written.getOrDefault(SERVICE, "")),
                    decode(written.getOrDefault(REPLICA, "")),
                    Integer.parseInt(generation),
                    new IdempotencyToken(token)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /// A text in the alphabet of tags.
    public static String encode(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
                encoded.append(c);
            } else {
                encoded.append('_').append(HexFormat.of().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /// The text that [#encode] made this of.
    ///
    /// @throws IllegalArgumentException if it made it of none
    public static String decode(String value) {
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a tag of ours: \"" + value + "\"");
        }
        var bytes = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '_') {
                bytes.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(value.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
