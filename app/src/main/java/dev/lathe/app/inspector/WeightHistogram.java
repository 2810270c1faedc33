package dev.lathe.app.inspector;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SplittableRandom;

/// How the values of a constant tensor are distributed.
///
/// `looked` of `count` values were read: all of a small tensor, a seeded random sample of a large one (an even stride
/// would meet the same channels again and again). `bins` are counts over equal parts of `min`…`max`; values that are
/// not finite are counted apart.
record WeightHistogram(
        long count,
        long looked,
        double min,
        double max,
        double mean,
        double sigma,
        long zeros,
        long notFinite,
        Bins bins) {

    /// Counts per bin, as a value.
    record Bins(java.util.List<Integer> counts) {
        Bins {
            counts = java.util.List.copyOf(counts);
        }

        int most() {
            return counts.stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    static final int BINS = 64;
    static final long ALL_BELOW = 1 << 20;

    boolean sampled() {
        return looked < count;
    }

    /// Part of the values that are exactly zero, in 0…1.
    double zeroShare() {
        return looked == 0 ? 0 : (double) zeros / looked;
    }

    /// Empty when the tensor has no numbers to look at (strings, complex numbers, 8-bit floats, missing data).
    static Optional<WeightHistogram> of(Tensor tensor, JobContext context) {
        long count = tensor.elements();
        if (!tensor.data().isPresent()
                || count == 0
                || ElementReader.of(tensor.dtype()).isEmpty()) {
            return Optional.empty();
        }
        ElementReader reader = ElementReader.of(tensor.dtype()).get();
        MemorySegment bytes = tensor.data().bytes();
        int looked = (int) Math.min(count, ALL_BELOW);
        float[] values = new float[looked];
        SplittableRandom random = new SplittableRandom(1);
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long zeros = 0;
        int finite = 0;
        for (int i = 0; i < looked; i++) {
            if ((i & 0xFFFF) == 0) {
                context.checkCancelled();
                context.progress((double) i / looked, "reading weights");
            }
            float v = (float) reader.at(bytes, looked == count ? i : random.nextLong(count));
            if (!Float.isFinite(v)) {
                continue;
            }
            values[finite++] = v;
            min = Math.min(min, v);
            max = Math.max(max, v);
            sum += v;
            zeros += v == 0 ? 1 : 0;
        }
        if (finite == 0) {
            return Optional.of(
                    new WeightHistogram(count, looked, 0, 0, 0, 0, 0, looked, new Bins(java.util.List.of())));
        }
        double mean = sum / finite;
        int[] bins = new int[BINS];
        double squares = 0;
        double width = max - min;
        for (int i = 0; i < finite; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
            int bin = width == 0 ? BINS / 2 : (int) ((values[i] - min) / width * BINS);
            bins[Math.min(bin, BINS - 1)]++;
        }
        return Optional.of(new WeightHistogram(
                count,
                looked,
                min,
                max,
                mean,
                Math.sqrt(squares / finite),
                zeros,
                looked - finite,
                new Bins(java.util.Arrays.stream(bins).boxed().toList())));
    }
}
