/// What an instance runs when it boots: its workload, and an agent that passes the cloud's notices on.
@NullMarked
package dev.skyhedge.providers.cloud.boot;

import org.jspecify.annotations.NullMarked;
