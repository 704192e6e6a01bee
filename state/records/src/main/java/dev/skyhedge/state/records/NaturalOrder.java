package dev.skyhedge.state.records;

import java.util.Comparator;

/// The order in which people number things: `chat-2` before `chat-10`. Consistent with equals.
public enum NaturalOrder implements Comparator<String> {
    /// The order.
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int iEnd = chunkEnd(left, i);
            int jEnd = chunkEnd(right, j);
            int order = compareChunks(left.substring(i, iEnd), right.substring(j, jEnd));
            if (order != 0) {
                return order;
            }
            i = iEnd;
            j = jEnd;
        }
        int order = Integer.compare(left.length() - i, right.length() - j);
        return order != 0 ? order : left.compareTo(right);
    }

    /// The end of the run of digits that starts here, or of the single other character.
    private static int chunkEnd(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == start ? start + 1 : end;
    }

    private static int compareChunks(String left, String right) {
        if (!isDigit(left.charAt(0)) || !isDigit(right.charAt(0))) {
            return left.compareTo(right);
        }
        String leftNumber = withoutLeadingZeros(left);
        String rightNumber = withoutLeadingZeros(right);
        int order = Integer.compare(leftNumber.length(), rightNumber.length());
        return order != 0 ? order : leftNumber.compareTo(rightNumber);
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
