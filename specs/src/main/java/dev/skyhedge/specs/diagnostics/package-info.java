/// What is said to a user about a spec: diagnostics with their place in a
/// [dev.skyhedge.specs.diagnostics.Source], as text and as the record tree of the JSON form. Knows nothing of
/// the language itself.
@NullMarked
package dev.skyhedge.specs.diagnostics;

import org.jspecify.annotations.NullMarked;
