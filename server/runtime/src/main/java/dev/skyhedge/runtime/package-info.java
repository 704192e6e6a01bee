/// A small CPU model server with OpenAI's embeddings API, for demonstrations and tests without a GPU.
///
/// Everything runs in one process from files on its class path: nothing is downloaded, ever. Nothing of the
/// engine lives here, and nothing here knows that it is a replica: it is a workload like any other.
@NullMarked
package dev.skyhedge.runtime;

import org.jspecify.annotations.NullMarked;
