package dev.skyhedge.load.profile;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What to measure.
///
/// @param uri of the API: one that ends with `/embeddings`, `/chat/completions` or `/completions`
/// @param model to ask for
/// @param sizes each is measured by itself
/// @param duration of each rate at least; slow ones take as long as a hundred requests do
/// @param search what is kept to, given the output of a size
/// @param seed of arrivals
public record ProfileSettings(
        URI uri, String model, List<Size> sizes, Duration duration, SearchOfSize search, long seed) {
    /// @param inputTokens of a prompt, about
    /// @param outputTokens of its answer
    public record Size(int inputTokens, int outputTokens) {
        public Size {
            if (inputTokens < 1 || outputTokens < 1) {
                throw new IllegalArgumentException("A size has at least one token each way");
            }
        }
    }

    /// The search for a size.
    @FunctionalInterface
    public interface SearchOfSize {
        SaturationSearch of(Size size);
    }

    public ProfileSettings {
        sizes = List.copyOf(sizes);
    }

    /// A request of a size. Each word is four bytes, about one token; the answer is told not to end
    /// early.
    String body(Size size) {
        String prompt = "abc ".repeat(size.inputTokens()).strip();
        String path = uri.getPath();
        if (path.endsWith("/embeddings")) {
            return String.format(Locale.ROOT, "{\"model\":\"%s\",\"input\":\"%s\"}", model, prompt);
        }
        String asked = path.endsWith("/chat/completions")
                ? "\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]"
                : "\"prompt\":\"" + prompt + "\"";
        return String.format(
                Locale.ROOT,
                "{\"model\":\"%s\",%s,\"max_tokens\":%d,\"min_tokens\":%d,\"ignore_eos\":true,\"temperature\":0,"
                        + "\"stream\":true}",
                model,
                asked,
                size.outputTokens(),
                size.outputTokens());
    }
}
