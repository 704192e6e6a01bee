/// A deterministic stand-in for a language model server, with the shape of vLLM's OpenAI API: no model, no GPU, and
/// the same text for the same request each time.
///
/// [FakeEngine] is pure; [FakeEngineServer] puts it on a socket. It is there to show faults of what stands in front of
/// engines, so it does what makes real ones awkward: tokens that end in the middle of a character, text held back for
/// stop strings, and a vocabulary that writes the same text in more than one way.
@NullMarked
package dev.skyhedge.load.engine;

import org.jspecify.annotations.NullMarked;
