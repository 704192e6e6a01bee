package dev.skyhedge.specs.diagnostics;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// Why a file could not be read or written, in words of its user.
public final class FileReason {
    private FileReason() {}

    /// An end of a sentence without its full stop, such as `it does not exist`.
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "it does not exist";
            case NotDirectoryException _ -> "it is not a directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "there is something of that name already";
            case FileSystemLoopException _ -> "its symbolic links lead round in a circle";
            case CharacterCodingException _ -> "it is not encoded in UTF-8";
            case FileSystemException refused when refused.getReason() != null -> lowered(refused.getReason());
            default -> failure.getMessage() == null ? "it cannot be read or written" : lowered(failure.getMessage());
        };
    }

    private static String lowered(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
