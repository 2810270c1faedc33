package dev.lathe.graph.op;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import java.util.List;
import java.util.Optional;

/// What Cast and CastLike make of a content: bool holds whether it is not 0, float types round to the nearest,
/// whole ones cut towards zero.
public final class Casting {
    private Casting() {}

    /// Tells the content of output 0, whose type was told before: input 0's in the type `to`.
    public static void contents(InferContext c, Optional<DType> to) {
        if (to.isEmpty()) {
            return;
        }
        boolean truth = to.equals(Optional.of(DType.BOOL));
        Optional<DType> real = to.filter(DType::isFloat);
        c.elements(0)
                .ifPresent(all -> c.elements(
                        0, all.stream().map(d -> whole(d, truth, real)).toList()));
        c.input(0).quotients().filter(all -> !truth).ifPresent(all -> {
            if (to.filter(t -> t == DType.FLOAT32 || t == DType.FLOAT64).isPresent()) {
                c.quotients(0, all);
            } else if (real.isEmpty()) {
                c.elements(0, all.stream().map(Quotient::truncated).toList());
            }
        });
        c.input(0).fractions().ifPresent(all -> {
            if (real.isPresent()) {
                c.reals(0, all.stream().map(v -> Floats.rounded(v, real)).toList());
            } else {
                List<Dim> cut = all.stream()
                        .map(v -> Dim.of(truth ? v != 0 ? 1 : 0 : v.longValue()))
                        .toList();
                c.elements(0, cut);
            }
        });
    }

    private static Dim whole(Dim d, boolean truth, Optional<DType> real) {
        if (truth) {
            return WholeNumbers.compare(d, Dim.of(0), (a, b) -> a != b);
        }
        return real.map(t -> Floats.stored(d, t)).orElse(d);
    }
}
