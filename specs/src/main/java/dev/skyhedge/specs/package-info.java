/// The decoded [Spec]: everything the user declared, as plain records.
///
/// The language that it is read from lives in the packages below; nothing in here does I/O.
@NullMarked
package dev.skyhedge.specs;

import org.jspecify.annotations.NullMarked;
