package dev.skyhedge.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers embeddings requests with a bounded number of workers and a bounded queue before them.
///
/// Thread-safe. Refuses everything until [#ready] has brought the model.
final class EmbeddingService implements AutoCloseable {
    /// Tokens of one request together; it holds a worker for a few seconds at most.
    static final int MAX_TOTAL_TOKENS = 32_768;

    private static final ApiError LOADING =
            ApiError.of(503, "service_unavailable", "The model is still loading", "model_loading");
    private static final ApiError QUEUE_FULL =
            ApiError.of(429, "rate_limit_error", "Too many requests are waiting; try again soon", "queue_full");

    private final String name;
    private final ThreadPoolExecutor workers;
    private volatile @Nullable EmbeddingModel model;

    EmbeddingService(String name, int workers, int queueLimit) {
        this.name = name;
        this.workers = new ThreadPoolExecutor(
                workers,
                workers,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueLimit),
                Thread.ofPlatform().name("embed-", 0).daemon().factory());
    }

    /// What came of a request.
    sealed interface Answer {
        record Embedded(EmbeddingsResponse response, int inputs) implements Answer {}

        record Refused(ApiError error) implements Answer {}

        /// A bug, or no memory left.
        record Broken(Throwable cause) implements Answer {}
    }

    /// From now on requests are served.
    void ready(EmbeddingModel loaded) {
        model = loaded;
    }

    boolean isReady() {
        return model != null;
    }

    String modelName() {
        return name;
    }

    int queued() {
        return workers.getQueue().size();
    }

    /// Gives the answer to `done`, on a worker or at once; always exactly once.
    void submit(EmbeddingsRequest request, Consumer<Answer> done) {
        EmbeddingModel loaded = model;
        if (!request.model().equals(name)) {
            done.accept(new Answer.Refused(ApiError.unknownModel(request.model())));
        } else if (loaded == null) {
            done.accept(new Answer.Refused(LOADING));
        } else {
            try {
                workers.execute(() -> done.accept(answerOrBroken(loaded, request)));
            } catch (RejectedExecutionException _) {
                done.accept(new Answer.Refused(QUEUE_FULL));
            }
        }
    }

    private Answer answerOrBroken(EmbeddingModel loaded, EmbeddingsRequest request) {
        try {
            return answer(loaded, request);
        } catch (RuntimeException | Error e) {
            return new Answer.Broken(e);
        }
    }

    private Answer answer(EmbeddingModel loaded, EmbeddingsRequest request) {
        List<int[]> tokens = new ArrayList<>();
        long total = 0;
        for (String input : request.inputs()) {
            int[] ids = loaded.tokens(input);
            total += ids.length;
            Optional<ApiError> problem = tooLong(tokens.size(), ids.length, total);
            if (problem.isPresent()) {
                return new Answer.Refused(problem.get());
            }
            tokens.add(ids);
        }
        List<float[]> embeddings = tokens.stream().map(loaded::embed).toList();
        return new Answer.Embedded(
                new EmbeddingsResponse(name, embeddings, total, request.encoding()), embeddings.size());
    }

    /// Nothing is cut off silently: an embedding of half a text looks like one of the whole.
    private static Optional<ApiError> tooLong(int index, int length, long total) {
        if (length > EmbeddingModel.MAX_TOKENS) {
            return Optional.of(ApiError.invalid(
                    "input",
                    "This model's maximum context length is " + EmbeddingModel.MAX_TOKENS + " tokens, but input "
                            + index + " has " + length));
        }
        if (total > MAX_TOTAL_TOKENS) {
            return Optional.of(ApiError.invalid(
                    "input", "All inputs of a request may have " + MAX_TOTAL_TOKENS + " tokens together; send fewer"));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
