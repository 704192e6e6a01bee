/// The keys that clients bring, what each may take, and what it has used. Keys are known as digests only. Knows headers
/// and bytes of answers, and nothing of replicas or routes.
@NullMarked
package dev.skyhedge.balancer.keys;

import org.jspecify.annotations.NullMarked;
