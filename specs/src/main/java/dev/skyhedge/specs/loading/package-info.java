/// Files to a [dev.skyhedge.specs.Spec]: which files, variables from all their sources, the order in which
/// declarations are evaluated. Only [SpecLoader] reads files; all below it is pure.
@NullMarked
package dev.skyhedge.specs.loading;

import org.jspecify.annotations.NullMarked;
