package dev.skyhedge.runtime;

/// From the vectors of the tokens to the vector of the text.
final class Pooling {
    private Pooling() {}

    /// The mean of `vectors`, scaled to length 1. Every vector counts, since there is no padding to mask out.
    static float[] unitMean(float[][] vectors) {
        double[] sum = new double[vectors[0].length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        // The mean's divisor cancels out.
        double length = Math.max(Math.sqrt(squares), 1e-12);
        float[] unit = new float[sum.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (sum[i] / length);
        }
        return unit;
    }
}
