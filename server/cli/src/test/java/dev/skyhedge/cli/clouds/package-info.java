/// The command with its plugins for real clouds: real processes of the distribution against fakes of the clouds,
/// which are processes of their own, and whose ledgers are the judge. Nothing here looks at a cloud's client.
@NullMarked
package dev.skyhedge.cli.clouds;

import org.jspecify.annotations.NullMarked;
