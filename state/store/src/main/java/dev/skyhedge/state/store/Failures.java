package dev.skyhedge.state.store;

/// Reads the messages of failures that have no code of their own.
final class Failures {
    private static final int MAX_CAUSES = 20;

    private Failures() {}

    /// Whether something in the chain of causes says that the disk is full.
    static boolean noSpace(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
