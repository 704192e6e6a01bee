/// What is known of prompts, beside a policy that chooses by them: a prompt read out of a request's body, and who was
/// given which. No sockets, no clock.
@NullMarked
package dev.skyhedge.balancer.prompt;

import org.jspecify.annotations.NullMarked;
