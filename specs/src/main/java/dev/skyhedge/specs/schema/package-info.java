/// The table of all blocks and attributes of a spec, and the decoder that reads blocks by it. What the language
/// accepts, what it defaults to and how it is documented are one thing, written once.
@NullMarked
package dev.skyhedge.specs.schema;

import org.jspecify.annotations.NullMarked;
