package dev.skyhedge.load.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One answer as it is generated, some tokens at a time. Not thread-safe.
final class Generation {
    private final Sampling sampling;
    private final NextToken model;
    private final Detokenizer detokenizer;
    private final StringBuilder text = new StringBuilder();
    private final int heldBack;
    private int generated;
    private int told;
    private Optional<Finish> finish = Optional.empty();

    /// @param reason `stop` or `length`
    /// @param stop the stop string that ended it
    record Finish(String reason, Optional<String> stop) {}

    /// @param tokens the ids that were generated
    /// @param text what may be told of it now: whole characters, and nothing that may be the beginning of a stop
    ///     string
    /// @param finish present in the last step
    record Step(List<Integer> tokens, String text, Optional<Finish> finish) {}

    Generation(List<Integer> prompt, Sampling sampling) {
        this.sampling = sampling;
        this.model = new NextToken(prompt);
        this.detokenizer = new Detokenizer(prompt);
        int longest = sampling.stops().stream()
                .mapToInt(stop -> stop.codePointCount(0, stop.length()))
                .max()
                .orElse(1);
        this.heldBack = longest - 1;
    }

    int generated() {
        return generated;
    }

    boolean isFinished() {
        return finish.isPresent();
    }

    /// Generates up to so many tokens.
    Step step(int tokens) {
        List<Integer> ids = new ArrayList<>();
        while (ids.size() < tokens && finish.isEmpty()) {
            ids.add(one());
        }
        return new Step(ids, newText(), finish);
    }

    private int one() {
        long draw = sampling.temperature() > 0 ? sampling.seed() + generated + 1L : 0;
        boolean mayEnd = !sampling.ignoresEnd() && generated >= sampling.minTokens();
        int token = model.next(draw, mayEnd);
        model.append(token);
        generated++;
        if (token == Vocabulary.END_OF_TEXT) {
            finish = Optional.of(new Finish("stop", Optional.empty()));
            return token;
        }
        String more = detokenizer.take(token);
        text.append(more);
        if (generated > sampling.minTokens()) {
            stopAt(more.length());
        }
        if (finish.isEmpty() && generated >= sampling.maxTokens()) {
            finish = Optional.of(new Finish("length", Optional.empty()));
        }
        return token;
    }

    /// Ends at the first stop string that the newest text completes.
    private void stopAt(int added) {
        for (String stop : sampling.stops()) {
            int at = text.indexOf(stop, Math.max(0, text.length() - added - stop.length() + 1));
            if (at >= 0) {
                text.setLength(at);
                finish = Optional.of(new Finish("stop", Optional.of(stop)));
                return;
            }
        }
    }

    private String newText() {
        int until = text.length();
        if (finish.isEmpty()) {
            int characters = text.codePointCount(0, until);
            until = text.offsetByCodePoints(0, Math.max(0, characters - heldBack));
        }
        if (until <= told) {
            return "";
        }
        String more = text.substring(told, until);
        told = until;
        return more;
    }
}
