package dev.lathe.optimize.compress.quantize;

import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.Weights;
import dev.lathe.optimize.rewrite.Elements;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// A matrix in 8 bits with one scale per group: `W[i, j] ≈ scale · (q[i, j] − zero)`, symmetric about zero.
///
/// `scale = max|W| / limit` over the group, `q = round(W / scale)`; a group of zeros has scale 1. The limit is
/// 127, or 63 where the range is reduced: products of full 8-bit numbers overflow the 16-bit sums of x86
/// processors without VNNI.
///
/// @param values `[rows, columns]`
/// @param scales float32, one per group
/// @param zeros one per group, for unsigned values; signed ones are centred on 0 and need none
record Int8Weights(Tensor values, Tensor scales, Optional<Tensor> zeros) {

    /// Which elements share a scale.
    enum Groups {
        ALL,
        COLUMNS,
        ROWS
    }

    /// How to quantize. `unsigned` stores `q + 128`.
    record Format(boolean unsigned, boolean reduced) {
        int limit() {
            return reduced ? 63 : 127;
        }

        DType dtype() {
            return unsigned ? DType.UINT8 : DType.INT8;
        }
    }

    /// Reads the matrix twice, row by row, from where it lies.
    ///
    /// @param matrix float32 of two dimensions
    /// @param transposed whether the result is to be `matrixᵀ`; groups are those of the result
    /// @param factor multiplies every scale
    static Int8Weights of(
            Tensor matrix, boolean transposed, Groups groups, float factor, Format format, JobContext job) {
        int rows = Math.toIntExact(matrix.dims().get(0));
        int columns = Math.toIntExact(matrix.dims().get(1));
        Groups stored = !transposed
                ? groups
                : switch (groups) {
                    case ALL -> Groups.ALL;
                    case COLUMNS -> Groups.ROWS;
                    case ROWS -> Groups.COLUMNS;
                };
        MemorySegment from = matrix.data().bytes();
        float[] scales = scales(from, rows, columns, stored, format.limit(), job);
        MemorySegment to = Elements.room((long) rows * columns);
        float[] row = new float[columns];
        for (int r = 0; r < rows; r++) {
            if (r % 256 == 0) {
                job.checkCancelled();
            }
            MemorySegment.copy(from, Elements.FLOAT, 4L * r * columns, row, 0, columns);
            for (int c = 0; c < columns; c++) {
                float scale = scales[
                        switch (stored) {
                            case ALL -> 0;
                            case ROWS -> r;
                            case COLUMNS -> c;
                        }];
                int q = Math.clamp((int) Math.rint(row[c] / scale), -format.limit(), format.limit());
                long at = transposed ? (long) c * rows + r : (long) r * columns + c;
                to.set(Elements.BYTE, at, (byte) (format.unsigned() ? q + 128 : q));
            }
        }
        for (int g = 0; g < scales.length; g++) {
            scales[g] *= factor;
        }
        return new Int8Weights(
                Tensor.of(format.dtype(), transposed ? matrix.dims().reversed() : matrix.dims(), new Weights.Heap(to)),
                Elements.float32(groups == Groups.ALL ? List.of() : List.of((long) scales.length), scales),
                format.unsigned() ? Optional.of(middle(groups, scales.length)) : Optional.empty());
    }

    private static float[] scales(MemorySegment from, int rows, int columns, Groups stored, int limit, JobContext job) {
        float[] largest = new float
                [switch (stored) {
                    case ALL -> 1;
                    case ROWS -> rows;
                    case COLUMNS -> columns;
                }];
        float[] row = new float[columns];
        for (int r = 0; r < rows; r++) {
            if (r % 256 == 0) {
                job.checkCancelled();
            }
            MemorySegment.copy(from, Elements.FLOAT, 4L * r * columns, row, 0, columns);
            switch (stored) {
                case COLUMNS -> {
                    for (int c = 0; c < columns; c++) {
                        largest[c] = Math.max(largest[c], Math.abs(row[c]));
                    }
                }
                case ROWS -> largest[r] = peak(row, 0);
                case ALL -> largest[0] = peak(row, largest[0]);
            }
        }
        for (int g = 0; g < largest.length; g++) {
            float scale = largest[g] / limit;
            // Below the smallest normal number a division by the scale would overflow.
            largest[g] = scale < Float.MIN_NORMAL ? 1 : scale;
        }
        return largest;
    }

    private static float peak(float[] row, float start) {
        float peak = start;
        for (float v : row) {
            peak = Math.max(peak, Math.abs(v));
        }
        return peak;
    }

    private static Tensor middle(Groups groups, int count) {
        byte[] all = new byte[count];
        java.util.Arrays.fill(all, (byte) 128);
        return Tensor.of(DType.UINT8, groups == Groups.ALL ? List.of() : List.of((long) count), Weights.Heap.of(all));
    }
}
