package dev.skyhedge.specs.functions;

import java.util.List;
import java.util.Optional;

/// The files that functions may read, by their path from the root directory of the spec.
public interface SpecFileAccess {
    /// No files at all.
    SpecFileAccess NONE = new SpecFileAccess() {
        @Override
        public byte[] read(String path) {
            throw new FunctionException(0, "there are no files to read here");
        }

        @Override
        public boolean exists(String path) {
            return false;
        }

        @Override
        public List<String> list(String directory) {
            throw new FunctionException(0, "there are no files to read here");
        }

        @Override
        public Optional<String> root() {
            return Optional.empty();
        }
    };

    /// The content of the file.
    ///
    /// @throws FunctionException if there is none, it is too large, or it is not below the root directory
    byte[] read(String path);

    /// Whether the path is that of a file.
    ///
    /// @throws FunctionException if it is something else, or not below the root directory
    boolean exists(String path);

    /// The files below the directory, by their path from there with `/` between the names, sorted.
    ///
    /// @throws FunctionException if it is not below the root directory, or has too many files
    List<String> list(String directory);

    /// The absolute path of the root directory; empty where there is none.
    Optional<String> root();
}
