/// What the fakes of clouds share: time, the HTTP server below a cloud's API, the faults that a test orders
/// and the record of calls. No cloud's names, paths or shapes.
@NullMarked
package dev.skyhedge.providers.cloud.fake;

import org.jspecify.annotations.NullMarked;
