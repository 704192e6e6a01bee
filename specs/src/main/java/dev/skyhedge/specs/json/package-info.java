/// Files in JSON syntax: the same bodies and expressions as in native syntax, told apart by the schema. A JSON
/// parser reads the text; nothing in here evaluates.
@NullMarked
package dev.skyhedge.specs.json;

import org.jspecify.annotations.NullMarked;
