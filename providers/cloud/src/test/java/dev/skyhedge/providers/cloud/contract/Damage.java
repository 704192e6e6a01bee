package dev.skyhedge.providers.cloud.contract;

/// What somebody else's implementation of a cloud may do to a part of a reply.
public enum Damage {
    /// It leaves it out.
    LEFT_OUT,
    /// It says nothing in it: `null`, or an element without content.
    EMPTY,
    /// It says a word that nobody has heard of.
    OTHER_WORD,
    /// It has one more member.
    MORE;

    /// The word, and the name and value of the member, that nobody has heard of.
    public static final String UNHEARD_OF = "unheard-of";
}
