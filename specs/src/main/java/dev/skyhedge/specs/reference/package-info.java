/// Documentation that is made from the definitions that the decoder itself uses, so that the two cannot drift:
/// a page of all blocks, a page of all functions, and a JSON Schema for editors. Pure.
@NullMarked
package dev.skyhedge.specs.reference;

import org.jspecify.annotations.NullMarked;
