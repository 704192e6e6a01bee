/// What is left when `skyhedge` is killed: real processes of the distribution, the cloud in a box with real
/// instances, and that cloud's ledger as the judge. Nothing here looks at the command's classes.
@NullMarked
package dev.skyhedge.cli.crash;

import org.jspecify.annotations.NullMarked;
