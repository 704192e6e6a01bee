/// The canonical layout of native files: spaces, indentation and alignment, by tokens, so that comments and
/// line breaks stay where they are. Changes no meaning.
@NullMarked
package dev.skyhedge.specs.format;

import org.jspecify.annotations.NullMarked;
