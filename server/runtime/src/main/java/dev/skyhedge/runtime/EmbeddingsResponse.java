package dev.skyhedge.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/// The answer to `POST /v1/embeddings`.
///
/// @param model name of the model
/// @param embeddings one per input, in order
/// @param tokens of all inputs together
record EmbeddingsResponse(String model, List<float[]> embeddings, long tokens, EmbeddingsRequest.Encoding encoding) {

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("object", "list");
        ArrayNode data = root.putArray("data");
        for (int index = 0; index < embeddings.size(); index++) {
            ObjectNode item = data.addObject().put("object", "embedding").put("index", index);
            put(item, embeddings.get(index));
        }
        root.put("model", model);
        root.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return root;
    }

    private void put(ObjectNode item, float[] values) {
        switch (encoding) {
            case FLOAT -> {
                ArrayNode array = item.putArray("embedding");
                for (float value : values) {
                    array.add(value);
                }
            }
            case BASE64 -> item.put("embedding", base64(values));
        }
    }

    private static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
