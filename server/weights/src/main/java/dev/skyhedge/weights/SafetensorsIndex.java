package dev.skyhedge.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which tensor is where in a safetensors file: eight bytes of length, a header in JSON, then the data,
/// every byte of which belongs to exactly one tensor.
///
/// @param headerEnd where the data begins in the file
/// @param tensors in the order of the file
record SafetensorsIndex(long headerEnd, List<Tensor> tensors) {
    /// As the format's own library has it.
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final Map<String, Integer> BITS = bits();
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(20)
                    .build())
            .build();

    /// @param begin in the file
    /// @param end in the file, exclusive
    record Tensor(String name, long begin, long end) {}

    static SafetensorsIndex read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            fill(channel, length, 0, file);
            long header = length.getLong(0);
            if (header < 2 || header > MAX_HEADER_BYTES || header > size - 8) {
                throw new InvalidInput(file + ": a header of " + Long.toUnsignedString(header)
                        + " bytes cannot be, in a file of " + size);
            }
            ByteBuffer text = ByteBuffer.allocate((int) header);
            fill(channel, text, 8, file);
            return parsed(decoded(text.flip(), file), 8 + header, size, file);
        }
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long from, Path file) throws IOException {
        long position = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                throw new InvalidInput(file + ": it ends within its header");
            }
            position += read;
        }
    }

    private static String decoded(ByteBuffer text, Path file) throws InvalidInput {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput(file + ": its header is not UTF-8");
        }
    }

    private static SafetensorsIndex parsed(String header, long headerEnd, long size, Path file) throws InvalidInput {
        List<Tensor> tensors = tensors(header, headerEnd, file);
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        long reached = headerEnd;
        for (Tensor tensor : tensors) {
            if (tensor.begin() != reached) {
                throw new InvalidInput(file + ": " + tensor.name() + " begins at " + (tensor.begin() - headerEnd)
                        + " of the data, where " + (reached - headerEnd) + " is reached: "
                        + (tensor.begin() < reached ? "an overlap" : "a gap"));
            }
            reached = tensor.end();
        }
        if (reached != size) {
            throw new InvalidInput(file + ": its tensors end at " + reached + ", the file at " + size);
        }
        return new SafetensorsIndex(headerEnd, List.copyOf(tensors));
    }

    private static List<Tensor> tensors(String header, long headerEnd, Path file) throws InvalidInput {
        try (JsonParser json = JSON.createParser(header)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInput(file + ": its header is no object");
            }
            List<Tensor> tensors = new ArrayList<>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals(METADATA)) {
                    json.skipChildren();
                } else {
                    tensors.add(tensor(name, json, headerEnd, file));
                }
            }
            if (json.nextToken() != null) {
                throw new InvalidInput(file + ": its header has more text after its object");
            }
            return tensors;
        } catch (InvalidInput e) {
            throw e;
        } catch (JacksonException e) {
            throw new InvalidInput(file + ": its header cannot be read as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail", e);
        }
    }

    private static Tensor tensor(String name, JsonParser json, long headerEnd, Path file) throws IOException {
        Optional<Integer> bits = Optional.empty();
        Optional<List<Long>> shape = Optional.empty();
        Optional<List<Long>> offsets = Optional.empty();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "dtype" -> bits = Optional.ofNullable(BITS.get(json.getText()));
                    case "shape" -> shape = numbers(name, json, file);
                    case "data_offsets" -> offsets = numbers(name, json, file);
                    default -> json.skipChildren();
                }
            }
        }
        if (bits.isEmpty() || shape.isEmpty() || offsets.map(List::size).orElse(0) != 2) {
            throw new InvalidInput(file + ": " + name + " has no dtype, shape and data_offsets that are known");
        }
        long begin = offsets.get().getFirst();
        long end = offsets.get().getLast();
        long expected = bytes(shape.get(), bits.get(), name, file);
        if (end < begin || end - begin != expected || end > Long.MAX_VALUE - headerEnd) {
            throw new InvalidInput(file + ": " + name + " has " + expected + " bytes by its shape, and lies from "
                    + begin + " to " + end);
        }
        return new Tensor(name, headerEnd + begin, headerEnd + end);
    }

    /// Empty if it is no array.
    private static Optional<List<Long>> numbers(String name, JsonParser json, Path file) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return Optional.empty();
        }
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
                throw new InvalidInput(file + ": " + name + " has a number that is none: " + json.getText());
            }
            numbers.add(json.getLongValue());
        }
        return Optional.of(numbers);
    }

    private static long bytes(List<Long> shape, int bits, String name, Path file) throws InvalidInput {
        try {
            long product = bits;
            for (long dimension : shape) {
                product = Math.multiplyExact(product, dimension);
            }
            return Math.ceilDiv(product, 8);
        } catch (ArithmeticException e) {
            throw new InvalidInput(file + ": " + name + " is larger than any file");
        }
    }

    private static Map<String, Integer> bits() {
        Map<String, Integer> bits = new HashMap<>();
        List.of("F64", "I64", "U64", "C64").forEach(type -> bits.put(type, 64));
        List.of("F32", "I32", "U32").forEach(type -> bits.put(type, 32));
        List.of("F16", "BF16", "I16", "U16").forEach(type -> bits.put(type, 16));
        List.of("I8", "U8", "BOOL", "F8_E4M3", "F8_E5M2", "F8_E8M0").forEach(type -> bits.put(type, 8));
        List.of("F4").forEach(type -> bits.put(type, 4));
        return Map.copyOf(bits);
    }
}
