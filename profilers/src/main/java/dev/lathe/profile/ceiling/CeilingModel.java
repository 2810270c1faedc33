package dev.lathe.profile.ceiling;

import dev.lathe.core.LatheException;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.text.GraphText;
import java.util.List;
import java.util.Map;

/// A small model whose one run does a known amount of one kind of work, and next to nothing else.
///
/// Large constants are made by ConstantOfShape, which the engine computes when it opens the model: the file has some
/// hundred bytes, and the worker's memory holds the tensor.
///
/// @param work bytes, floating-point or integer operations of one run
/// @param perSecond the unit of `work` divided by a time
record CeilingModel(Model model, Quantity work, Unit perSecond, DimBindings dims) {
    private static final String HEAD = "model \"Lathe\" ir=10\nopset \"\" 21\n";

    /// Rows for the threads to share, each long enough to be read in one stream.
    private static final long ROWS = 1024;

    /// Measured on one core: 512, 768, 1024 and 1536 give 101, 113, 102 and 101 GFLOP/s. With more threads the product
    /// grows so that each has the same work.
    private static final int SIDE = 768;

    /// On a machine that is busy otherwise a run of 10 ms is always interrupted on one of its cores, one of 2 ms
    /// sometimes not: with two threads and six programs beside them 57 against 214 GFLOP/s.
    private static final int SHORT_SIDE = 448;

    /// The two of which the better one counts: see [#maxima] and [#product].
    static List<CeilingModel> memory(Quantity buffer) {
        return List.of(maxima(buffer), product(buffer));
    }

    /// The maximum of each row of a constant. The engine would compute that when it opens the model, too, did it know
    /// the axis: that is the shape of the input, whose only dimension has no size until the model runs.
    private static CeilingModel maxima(Quantity buffer) {
        long columns = columns(buffer);
        return memory(columns, "(x: float32[one]) -> (y: float32[" + ROWS + ", 1])", """
                      axis = Shape(x) as axis
                      y = ReduceMax(w, axis) as work
                    """);
    }

    /// The product of a constant with a vector, in which every element is used once.
    private static CeilingModel product(Quantity buffer) {
        long columns = columns(buffer);
        return memory(
                columns,
                "(x: float32[" + columns + ", one]) -> (y: float32[" + ROWS + ", one])",
                "  y = MatMul(w, x) as work\n");
    }

    private static CeilingModel memory(long columns, String ports, String work) {
        Model model =
                parsed(HEAD + "graph memory " + ports + " {\n" + constant(DType.FLOAT32, ROWS, columns) + work + "}\n");
        double bytes = ROWS * columns * (double) Float.BYTES;
        return new CeilingModel(
                model, Quantity.of(bytes, Unit.BYTES), Unit.BYTES_PER_SECOND, new DimBindings(Map.of("one", 1L)));
    }

    private static long columns(Quantity buffer) {
        return Math.max(1, (long) (buffer.value() / Float.BYTES / ROWS));
    }

    /// A square product with a constant, which the engine may lay out as it likes before it runs; then a smaller one.
    /// [DType#INT8] is uint8 × int8 → int32, as quantized models have it.
    static List<CeilingModel> matrix(DType dtype, int threads) {
        return List.of(square(dtype, SIDE, threads), square(dtype, SHORT_SIDE, threads));
    }

    private static CeilingModel square(DType dtype, int side, int threads) {
        long n = Math.round(side * Math.cbrt(threads) / 64) * 64;
        boolean integers = dtype == DType.INT8;
        String square = "[" + n + ", " + n + "]";
        Model model = parsed(HEAD + "graph matrix (x: " + (integers ? "uint8" : dtype.text()) + square
                + ") -> (y: " + (integers ? "int32" : dtype.text()) + square + ") {\n" + constant(dtype, n, n)
                + "  y = " + (integers ? "MatMulInteger" : "MatMul") + "(x, w) as work\n}\n");
        double operations = 2.0 * n * n * n;
        return integers
                ? new CeilingModel(model, Quantity.of(operations, Unit.COUNT), Unit.OP_PER_SECOND, DimBindings.NONE)
                : new CeilingModel(model, Quantity.of(operations, Unit.FLOP), Unit.FLOP_PER_SECOND, DimBindings.NONE);
    }

    private static Model parsed(String text) {
        try {
            return GraphText.parse(text);
        } catch (LatheException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String constant(DType dtype, long rows, long columns) {
        return "  shape = Constant() {value_ints = [" + rows + ", " + columns + "]} as shape\n"
                + "  w = ConstantOfShape(shape) {value = " + dtype.text() + "[1] {" + (dtype.isFloat() ? "1.0" : "1")
                + "}} as constant\n";
    }
}
