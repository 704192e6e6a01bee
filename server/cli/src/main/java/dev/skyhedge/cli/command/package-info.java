/// What commands have in common: what they run in, how they end, and the arguments that many of them take. No command.
@NullMarked
package dev.skyhedge.cli.command;

import org.jspecify.annotations.NullMarked;
