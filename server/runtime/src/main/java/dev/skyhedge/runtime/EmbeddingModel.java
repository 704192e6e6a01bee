package dev.skyhedge.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// all-MiniLM-L6-v2, quantised to 8 bits, on ONNX Runtime: text to a unit vector of 384 values.
///
/// Texts are never batched. The model's dynamic quantisation takes its scale from everything in a batch, so
/// that a text's embedding would depend on its neighbours. Safe for use by several threads.
final class EmbeddingModel implements AutoCloseable {
    /// Longest input, `[CLS]` and `[SEP]` included: the model has that many position embeddings.
    static final int MAX_TOKENS = 512;

    /// Length of an embedding.
    static final int DIMENSIONS = 384;

    private static final String WEIGHTS = "all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
    private static final String NATIVE_PATH = "onnxruntime.native.path";

    private final WordPieceTokenizer tokenizer;
    private final OrtEnvironment environment;
    private final OrtSession session;

    private EmbeddingModel(WordPieceTokenizer tokenizer, OrtEnvironment environment, OrtSession session) {
        this.tokenizer = tokenizer;
        this.environment = environment;
        this.session = session;
    }

    /// Loads weights and tokenizer from the class path, by way of `resources`.
    ///
    /// @param threads of one inference
    static EmbeddingModel load(UnpackedResources resources, int threads) throws IOException {
        useUnpackedLibraries(resources);
        WordPieceTokenizer tokenizer = new WordPieceTokenizer(readTokenizer(required(resources, TOKENIZER)));
        Path weights = required(resources, WEIGHTS);
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "skyhedge");
            environment.setTelemetry(false);
            return new EmbeddingModel(tokenizer, environment, openSession(environment, weights, threads));
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime refuses the weights: " + e.getMessage(), e);
        }
    }

    private static OrtSession openSession(OrtEnvironment environment, Path weights, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads that spin would take the processor from the replicas beside this one.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            // The arena grows to the longest input and never shrinks.
            options.setCPUArenaAllocator(false);
            return environment.createSession(weights.toString(), options);
        }
    }

    private static TokenizerFile readTokenizer(Path file) throws IOException {
        try (var json = Files.newInputStream(file)) {
            return TokenizerFile.read(json);
        }
    }

    /// Names of ONNX Runtime's folders per platform; on one without, ONNX Runtime says so itself.
    private static void useUnpackedLibraries(UnpackedResources resources) throws IOException {
        if (System.getProperty(NATIVE_PATH) != null) {
            return;
        }
        String os = System.getProperty("os.name").startsWith("Mac") ? "osx" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
        String folder = "ai/onnxruntime/native/" + os + "-" + processor + "/";
        for (String library : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
            resources
                    .file(folder + System.mapLibraryName(library))
                    .ifPresent(path -> System.setProperty(
                            NATIVE_PATH,
                            path.toAbsolutePath().resolveSibling("").toString()));
        }
    }

    private static Path required(UnpackedResources resources, String name) throws IOException {
        return resources.file(name).orElseThrow(() -> new IOException("No jar of the class path has " + name));
    }

    /// The token ids of a text; may be longer than [#MAX_TOKENS].
    int[] tokens(String text) {
        return tokenizer.encode(text);
    }

    /// The embedding of a text: mean of the token vectors, scaled to length 1.
    ///
    /// @param tokens 2 to [#MAX_TOKENS]
    float[] embed(int[] tokens) {
        if (tokens.length < 2 || tokens.length > MAX_TOKENS) {
            throw new IllegalArgumentException("Tokens must be 2 to " + MAX_TOKENS + ", not " + tokens.length);
        }
        long[][] ids = {Arrays.stream(tokens).asLongStream().toArray()};
        long[][] mask = {new long[tokens.length]};
        Arrays.fill(mask[0], 1);
        long[][] types = {new long[tokens.length]};
        try (OnnxTensor inputIds = OnnxTensor.createTensor(environment, ids);
                OnnxTensor attentionMask = OnnxTensor.createTensor(environment, mask);
                OnnxTensor tokenTypes = OnnxTensor.createTensor(environment, types)) {
            Map<String, OnnxTensor> inputs = LinkedHashMap.newLinkedHashMap(3);
            inputs.put("input_ids", inputIds);
            inputs.put("attention_mask", attentionMask);
            inputs.put("token_type_ids", tokenTypes);
            return infer(inputs);
        } catch (OrtException e) {
            throw new IllegalStateException("Inference of " + tokens.length + " tokens failed", e);
        }
    }

    private float[] infer(Map<String, OnnxTensor> inputs) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            float[][][] hidden = (float[][][]) result.get(0).getValue();
            return Pooling.unitMean(hidden[0]);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The session does not close", e);
        }
    }
}
