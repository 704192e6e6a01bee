/// A fake of Amazon EC2 on a loopback port: the query protocol as forms and XML, the errors of the cloud, and
/// levers that a real cloud does not have. Knows nothing of the plugin: another client must be able to drive it
/// too. What it does not know, a parameter, a filter or an action, is an error and never ignored.
@NullMarked
package dev.skyhedge.providers.aws.fake;

import org.jspecify.annotations.NullMarked;
