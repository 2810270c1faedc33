package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What kernels want of the indices and updates that address single elements or slices of a tensor.
public final class Scattered {
    private Scattered() {}

    /// Indices along an axis have as many axes as the data, and elsewhere no extent above the data's.
    public static void elements(InferContext c) {
        Optional<List<Dim>> data = c.dims(0);
        if (data.isEmpty()) {
            return;
        }
        int rank = data.get().size();
        long given = c.attrs().intOr("axis", 0);
        long axis = given < 0 ? given + rank : given;
        Sizes sizes = Sizes.atRun(c)
                .require(
                        axis >= 0 && axis < Math.max(rank, 1),
                        () -> "axis " + given + " lies outside a rank of " + rank)
                .rank(1, rank);
        for (int i = 0; i < rank && sizes.fit() && c.dims(1).isPresent(); i++) {
            if (i != axis
                    && data.get().get(i) instanceof Dim.Fixed(long all)
                    && Sizes.of(c, 1, i) instanceof Dim.Fixed(long some)) {
                int at = i;
                sizes.require(
                        some <= all,
                        () -> "its indices have an extent of " + some + " on axis " + at + ", the data of " + all);
            }
        }
        if (c.has(2)) {
            sizes.same(2, 1);
        }
    }

    /// Updates have the indices' extents but for the last, which says how deep they reach, then what is left of the
    /// data's.
    public static void slices(InferContext c) {
        Optional<List<Dim>> data = c.dims(0);
        Optional<List<Dim>> indices = c.dims(1);
        Sizes sizes = Sizes.atRun(c).ranks(0, 1, Integer.MAX_VALUE).ranks(1, 1, Integer.MAX_VALUE);
        if (sizes.fit()
                && data.isPresent()
                && indices.isPresent()
                && indices.get().getLast() instanceof Dim.Fixed(long depth)) {
            int rank = data.get().size();
            sizes.require(
                    depth <= rank,
                    () -> "indices of " + depth + " numbers are more than data of rank " + rank + " has");
            if (sizes.fit()) {
                List<Dim> wanted =
                        new ArrayList<>(indices.get().subList(0, indices.get().size() - 1));
                wanted.addAll(data.get().subList((int) depth, rank));
                sizes.shape(2, wanted);
            }
        }
    }
}
