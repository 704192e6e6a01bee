/// How options and arguments are declared, and how what is typed for them is read.
///
/// The only place, beside the root of all commands, that builds what the library for command lines knows. Which options
/// a command has is the command's own matter.
@NullMarked
package dev.skyhedge.cli.arguments;

import org.jspecify.annotations.NullMarked;
