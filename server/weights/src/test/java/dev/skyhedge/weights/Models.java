package dev.skyhedge.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Models that tests send about: a safetensors file and two that are none.
final class Models {
    static final int CHUNK = 16 * 1024;
    private static final String HEADER = """
            {"__metadata__":{"format":"pt"},
             "lm_head.weight":{"dtype":"F32","shape":[100,64],"data_offsets":[0,25600]},
             "model.layers.1.mlp.weight":{"dtype":"BF16","shape":[256,128],"data_offsets":[25600,91136]},
             "model.embed_tokens.weight":{"dtype":"F32","shape":[100,64],"data_offsets":[91136,116736]},
             "model.layers.0.mlp.weight":{"dtype":"BF16","shape":[256,128],"data_offsets":[116736,182272]}}""";
    static final int DATA_BYTES = 182_272;

    private Models() {}

    static Path small(Path directory) throws IOException {
        Random random = new Random(7);
        Files.createDirectories(directory.resolve("extra"));
        safetensors(directory.resolve("model.safetensors"), HEADER, DATA_BYTES);
        byte[] other = new byte[150_001];
        random.nextBytes(other);
        Files.write(directory.resolve("extra/rest.bin"), other);
        Files.writeString(directory.resolve("config.json"), "{}");
        Files.writeString(directory.resolve("empty"), "");
        return directory;
    }

    static void safetensors(Path file, String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[dataBytes];
        new Random(11).nextBytes(data);
        Files.write(
                file,
                ByteBuffer.allocate(8 + text.length + dataBytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(data)
                        .array());
    }
}
