/// How a new replica gets its model: where copies are kept in memory, who sends to whom, over which
/// links and for how much, and what happens when one of them is lost; after BlitzScale (OSDI 2025).
/// Pure: it decides and explains, and moves no byte. It knows places and links, no kind of workload.
@NullMarked
package dev.skyhedge.engine.weights;

import org.jspecify.annotations.NullMarked;
