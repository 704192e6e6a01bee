package com.bertramlabs.plugins.hcl4j;

import com.bertramlabs.plugins.hcl4j.symbols.Symbol;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/// Reaches HCL4j's lexer, which by itself makes the tree of blocks and attributes. The parser on top of it, which
/// evaluates and fetches, is never called.
public final class LexerBridge {
    private LexerBridge() {}

    /// What the lexer made of a file.
    ///
    /// @param symbols what stands at the top of the file
    /// @param complete whether every block was closed at the end of the file
    public record Lexed(List<Symbol> symbols, boolean complete) {}

    /// Reads a file with a lexer of its own.
    ///
    /// @throws IOException as the reader does
    /// @throws HCLParserException if the lexer refuses the file
    public static Lexed read(Reader reader) throws IOException, HCLParserException {
        HCLLexer lexer = new HCLLexer(reader);
        lexer.yylex();
        boolean complete = lexer.yyatEOF() && lexer.yystate() == HCLLexer.YYINITIAL;
        return new Lexed(List.copyOf(lexer.elementStack), complete);
    }
}
