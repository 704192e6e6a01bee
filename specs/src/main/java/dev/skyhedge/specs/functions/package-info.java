/// The functions of the language, each one entry of a [dev.skyhedge.specs.functions.FunctionTable] with
/// parameters,
/// documentation, example and implementation. All are pure: no files, no clock, no network. To add one, add an
/// entry to
/// the list of its group.
@NullMarked
package dev.skyhedge.specs.functions;

import org.jspecify.annotations.NullMarked;
