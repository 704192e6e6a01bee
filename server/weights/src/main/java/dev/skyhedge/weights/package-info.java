/// Moves a model from machine to machine, chunk by chunk, each checked before it is passed on. The JDK, a reader
/// of JSON, and nothing else of ours: it is told who sends to whom, and decides nothing of that.
@NullMarked
package dev.skyhedge.weights;

import org.jspecify.annotations.NullMarked;
