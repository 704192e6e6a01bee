/// Text to syntax tree: scanner, parser, and the tree with a range on every node. Evaluates nothing, reads no
/// files.
@NullMarked
package dev.skyhedge.specs.syntax;

import org.jspecify.annotations.NullMarked;
