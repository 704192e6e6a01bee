package dev.skyhedge.weights;

/// What a node tells of itself. As text it is a line of a word and `key=value` pairs.
public sealed interface NodeEvent {
    /// It takes connections.
    record Listening(String address) implements NodeEvent {}

    /// Nobody is there to send yet. It is told once of each sender, however long that takes.
    record Waiting(String peer) implements NodeEvent {}

    /// It gets chunks from somebody, from this one on.
    record Receiving(String peer, int fromChunk) implements NodeEvent {}

    /// It has lost who sent to it.
    record Lost(String peer, String why) implements NodeEvent {}

    /// Whom it asked does not send.
    record Refused(String peer, Refusal refusal) implements NodeEvent {}

    /// It was sent what is not the model.
    record BadChunk(String peer, int index) implements NodeEvent {}

    /// It reads the origin itself, from this chunk on.
    record ReadingOrigin(int fromChunk) implements NodeEvent {}

    /// So many stages of the model can run.
    record Layers(int layers) implements NodeEvent {}

    /// It has the whole model.
    record Whole(long bytesFromPeers, long bytesFromOrigin) implements NodeEvent {}

    /// It has given up.
    record Failed(String why) implements NodeEvent {}

    default String text() {
        return switch (this) {
            case Listening it -> "listening address=" + it.address();
            case Waiting it -> "waiting peer=" + it.peer();
            case Receiving it -> "receiving peer=" + it.peer() + " from=" + it.fromChunk();
            case Lost it -> "lost peer=" + it.peer() + " why=" + it.why();
            case Refused it -> "refused peer=" + it.peer() + " code=" + it.refusal();
            case BadChunk it -> "bad_chunk peer=" + it.peer() + " index=" + it.index();
            case ReadingOrigin it -> "reading_origin from=" + it.fromChunk();
            case Layers it -> "layers count=" + it.layers();
            case Whole it -> "whole from_peers=" + it.bytesFromPeers() + " from_origin=" + it.bytesFromOrigin();
            case Failed it -> "failed why=" + it.why();
        };
    }
}
