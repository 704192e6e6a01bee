package dev.skyhedge.balancer.continuation;

import dev.skyhedge.balancer.continuation.CompletionRequest.Outgoing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One streamed completion over all the replicas that serve it, one after the other: an answer without a seam.
///
/// [#outgoing()] is what the next replica is asked. [#take(ByteBuffer)] turns what it sends into what the client gets.
/// When it is lost, [#lost()] says whether there is a next one. Not thread-safe.
public final class ContinuedStream {
    /// Replicas that may be lost in the middle of one answer; what breaks more is likely to be the cause.
    static final int MAX_RESUMES = 2;
    /// What is kept of an answer at most; longer ones cannot go on.
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final String DONE = "[DONE]";

    private final CompletionRequest request;
    private final Continuation allowed;
    private final Transcript transcript = new Transcript();
    private SseParser parser = new SseParser();
    private Level level;
    private Leg leg = Leg.FIRST;
    private Outgoing outgoing;
    private @Nullable Joint joint;
    private int resumes;
    private long repeatedTokens;
    private boolean finished;
    private boolean usageTold;
    private boolean done;

    private ContinuedStream(CompletionRequest request, Continuation allowed) {
        this.request = request;
        this.allowed = allowed;
        this.level = allowed.grant(request.ceiling());
        this.outgoing = request.original();
    }

    /// Empty for a request that is no streamed completion. One that cannot go on, or not well enough, is at
    /// [Level#NONE] and passes best as it is.
    ///
    /// @param path and query, as the client wrote them
    public static Optional<ContinuedStream> of(String path, byte[] body, Continuation allowed) {
        return CompletionRequest.read(path, body).map(request -> new ContinuedStream(request, allowed));
    }

    /// Whether a request at this path may be one, where streams go on at all.
    ///
    /// @param path and query; null if there is none
    public static boolean isAt(@Nullable String path, Continuation allowed) {
        return allowed != Continuation.OFF && path != null && CompletionRequest.isAt(path);
    }

    /// The event with which it ends if nobody goes on with it. No `[DONE]` follows.
    public byte[] broken() {
        return new Endings(request, transcript, usageTold).broken();
    }

    /// The same from its beginning: nothing was sent yet, and another replica is asked.
    public ContinuedStream again() {
        return new ContinuedStream(request, allowed);
    }

    /// How well it would go on now; it only falls.
    public Level level() {
        return level;
    }

    /// Replicas that were lost.
    public int resumes() {
        return resumes;
    }

    /// Tokens that replicas had to read or to generate once more, as far as they are known.
    public long repeatedTokens() {
        return repeatedTokens;
    }

    /// Path and query of what the next replica is asked.
    public String path() {
        return outgoing.path();
    }

    /// JSON that the next replica is asked.
    public byte[] body() {
        return outgoing.body();
    }

    /// Memory that it takes, in bytes.
    public int bytes() {
        return transcript.bytes() + parser.keptBytes();
    }

    /// There is no memory for it: what was sent is not followed any more.
    public void forget() {
        level = Level.NONE;
    }

    /// Takes what the replica sent.
    public Taken take(ByteBuffer bytes) {
        var out = new ByteArrayOutputStream();
        for (SseParser.Event event : parser.take(bytes)) {
            if (!take(event, out)) {
                return new Taken(out.toByteArray(), Taken.Progress.LOST);
            }
        }
        if (parser.isTooLong()) {
            return new Taken(out.toByteArray(), Taken.Progress.LOST);
        }
        if (bytes() > MAX_BYTES) {
            forget();
        }
        return new Taken(out.toByteArray(), done ? Taken.Progress.DONE : Taken.Progress.GOES_ON);
    }

    private boolean take(SseParser.Event event, ByteArrayOutputStream out) {
        Optional<String> data = event.data();
        if (data.isEmpty()) {
            out.writeBytes(event.raw());
            return true;
        }
        if (data.get().equals(DONE)) {
            done = true;
            out.writeBytes(event.raw());
            return true;
        }
        Optional<Chunk> chunk = Json.object(data.get()).map(Chunk::new);
        if (chunk.isEmpty() || chunk.get().isError()) {
            return chunk.isPresent() ? takeError(event, out) : takeStrange(event, out);
        }
        if (chunk.get().isUsage()) {
            takeUsage(chunk.get(), out);
            return true;
        }
        if (!chunk.get().hasOneChoice()) {
            return takeStrange(event, out);
        }
        return joint == null ? takeFirst(chunk.get(), event, out) : takeLater(joint, chunk.get(), out);
    }

    /// What no continuation would help against is for the client to read.
    private boolean takeError(SseParser.Event event, ByteArrayOutputStream out) {
        if (level == Level.NONE && joint == null) {
            out.writeBytes(event.raw());
            return true;
        }
        return false;
    }

    private boolean takeStrange(SseParser.Event event, ByteArrayOutputStream out) {
        level = Level.NONE;
        if (joint == null) {
            out.writeBytes(event.raw());
        }
        return joint == null;
    }

    private boolean takeFirst(Chunk chunk, SseParser.Event event, ByteArrayOutputStream out) {
        transcript.begin(chunk);
        transcript.count(chunk);
        if (chunk.hasToolCall()) {
            level = Level.NONE;
        }
        if (level == Level.NONE) {
            transcript.forgetTokens();
        } else {
            follow(chunk, chunk.text());
        }
        finished |= chunk.finish().isPresent();
        boolean changed = !request.asksForTokenIds() && chunk.stripTokenIds();
        out.writeBytes(changed ? chunk.event() : event.raw());
        return true;
    }

    private void follow(Chunk chunk, String text) {
        transcript.text.append(text);
        chunk.tokenIds().ifPresent(transcript.tokens::addAll);
        if (!text.isEmpty() && (chunk.tokenIds().isEmpty() || !transcript.knowsTokens())) {
            transcript.forgetTokens();
            level = granted(Level.TEXT);
        }
        transcript.seamAfter(chunk, request.hasStops());
    }

    /// @return the level, or none if that is not enough or the client would miss its tokens
    private Level granted(Level wanted) {
        Level possible = wanted == Level.TEXT && !request.continuesFromText() ? Level.NONE : wanted;
        boolean enough = possible == Level.EXACT || !request.asksForTokenIds();
        return enough ? allowed.grant(possible.atMost(level)) : Level.NONE;
    }

    /// A part of the answer by another replica than the one that began it.
    private boolean takeLater(Joint with, Chunk chunk, ByteArrayOutputStream out) {
        Joint.Found found = with.take(chunk, out);
        level = switch (found) {
            case FITS -> level;
            case DIFFERS -> granted(Level.TEXT);
            case IS_LAST, STRANGE -> Level.NONE;
        };
        boolean fits = found == Joint.Found.FITS || found == Joint.Found.IS_LAST;
        finished |= fits && chunk.finish().isPresent();
        return fits;
    }

    private void takeUsage(Chunk chunk, ByteArrayOutputStream out) {
        if (request.asksForUsage()) {
            usageTold = true;
            out.writeBytes((joint == null ? chunk : joint.usage(chunk)).event());
        }
    }

    /// The replica is lost: the connection broke, or what came was [Taken.Progress#LOST].
    public Next lost() {
        parser = new SseParser();
        if (done) {
            return new Next.Close(new byte[0]);
        }
        var endings = new Endings(request, transcript, usageTold);
        if (finished) {
            return new Next.Close(endings.whole());
        }
        if (level == Level.NONE || resumes >= MAX_RESUMES) {
            return new Next.Break(endings.broken());
        }
        if (endings.isAtLimit(level)) {
            return new Next.Close(endings.atLimit());
        }
        Optional<Leg> next = nextLeg();
        if (next.isEmpty()) {
            level = Level.NONE;
            return new Next.Break(endings.broken());
        }
        resume(next.get());
        return new Next.Resume();
    }

    /// A replica did not take the request with which it was to go on.
    public Next refused() {
        level = leg.kind() == Leg.Kind.TOKENS ? granted(Level.TEXT) : Level.NONE;
        return lost();
    }

    private Optional<Leg> nextLeg() {
        if (transcript.text.isEmpty() && !transcript.reasons()) {
            transcript.tokens.truncate(level == Level.EXACT ? transcript.tokens.size() : 0);
            return Optional.of(Leg.FIRST);
        }
        if (level == Level.EXACT) {
            if (transcript.seamTokens() > 0) {
                return Optional.of(new Leg(Leg.Kind.TOKENS, transcript.seamTokens(), transcript.seamText()));
            }
            return transcript.reasons() ? Optional.empty() : Optional.of(Leg.FIRST);
        }
        if (level == Level.RESAMPLE && transcript.seamTokens() > 0 && transcript.endsAtSeam()) {
            transcript.backToSeam();
            return Optional.of(new Leg(Leg.Kind.TOKENS, transcript.seamTokens(), transcript.seamText()));
        }
        level = granted(Level.TEXT);
        if (level == Level.NONE || transcript.reasons()) {
            return Optional.empty();
        }
        transcript.forgetTokens();
        return Optional.of(new Leg(Leg.Kind.TEXT, transcript.generated(), transcript.text.length()));
    }

    private void resume(Leg next) {
        Chunk head = transcript.head();
        leg = next;
        joint = head == null ? null : new Joint(request, transcript, next, head);
        resumes++;
        outgoing = switch (next.kind()) {
            case REQUEST -> request.original();
            case TOKENS -> request.fromTokens(transcript.prompt, transcript.tokens, next.tokens());
            case TEXT -> request.fromText(transcript.text.toString(), next.tokens());
        };
        int regenerated = next.kind() == Leg.Kind.REQUEST ? transcript.tokens.size() : next.tokens();
        repeatedTokens += transcript.prompt.size() + regenerated;
    }
}
