package dev.skyhedge.specs.syntax;

/// What the innermost open thing of a scan is, and where it was opened.
///
/// @param marker of the end of a heredoc
record Mode(Opener opener, int from, String marker) {
    /// What was opened.
    enum Opener {
        BRACE,
        BRACKET,
        PAREN,
        TEMPLATE,
        QUOTE,
        HEREDOC,
        /// The whole source is a template.
        WHOLE
    }
}
