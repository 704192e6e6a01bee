/// How calls to a cloud are paced, repeated, gathered and spread over places. Knows no cloud; time comes in.
@NullMarked
package dev.skyhedge.providers.cloud.calls;

import org.jspecify.annotations.NullMarked;
