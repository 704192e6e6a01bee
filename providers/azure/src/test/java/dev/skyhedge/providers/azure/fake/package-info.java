/// A fake of the part of Azure Resource Manager that rents virtual machines: in memory, in virtual time,
/// spoken to over HTTP. It knows nothing of the plugin.
@NullMarked
package dev.skyhedge.providers.azure.fake;

import org.jspecify.annotations.NullMarked;
