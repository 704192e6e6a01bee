/// How records are written as JSON and read back: each from one declaration of its fields. What a row, a history entry
/// and a saved plan hold of a record is the same text. Nothing here knows where it is kept.
@NullMarked
package dev.skyhedge.state.store.json;

import org.jspecify.annotations.NullMarked;
