package dev.skyhedge.weights;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What a node is told when it begins.
///
/// @param manifestId of the model; a manifest with another digest is refused, whoever sends it
/// @param manifest if it has it already; who reads the origin needs it
/// @param directory where the model is, or is to be
/// @param listen where others get the model from it
/// @param origin where files of the model are below; asked when no ancestor is left
/// @param token that all nodes of the plan know, 16 bytes or more
/// @param linkBitsPerSecond of all that it sends together; infinite for no limit
record NodeOptions(
        Digest manifestId,
        Optional<Manifest> manifest,
        Path directory,
        InetSocketAddress listen,
        Optional<URI> origin,
        byte[] token,
        double linkBitsPerSecond) {}
