/// Commands about the files of a spec: `init`, `validate`, `fmt`, `console`, `graph`, `functions` and `output`. Nothing
/// is rented by them, and no cloud is asked.
@NullMarked
package dev.skyhedge.cli.spec;

import org.jspecify.annotations.NullMarked;
