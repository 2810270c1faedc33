package dev.lathe.graph.op.nn;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Sizes;

/// What ONNX Runtime's kernel of Attention wants of the sizes of queries, keys, values, mask and caches.
final class AttentionSizes {
    private AttentionSizes() {}

    static void check(InferContext c) {
        if (c.dims(0).isEmpty()) {
            return;
        }
        int rank = c.dims(0).get().size();
        Dim batch = Sizes.of(c, 0, 0);
        Sizes sizes = Sizes.atRun(c)
                .rank(1, rank)
                .rank(2, rank)
                .extent(1, 0, batch)
                .extent(2, 0, batch)
                .require(c.has(4) == c.has(5), () -> "past keys and past values come together")
                .same(5, 2, 4, 2)
                .ranks(3, 0, 4);
        if (!sizes.fit()) {
            return;
        }
        boolean apart = rank == 4;
        long given = c.attrs().intOr("q_num_heads", 0);
        long givenKeys = c.attrs().intOr("kv_num_heads", 0);
        if (!apart && (given <= 0 || givenKeys <= 0)) {
            if (c.attrs().has("q_num_heads") && c.attrs().has("kv_num_heads")) {
                c.contradiction("'q_num_heads' and 'kv_num_heads' must be greater than 0");
            }
            return;
        }
        Dim heads = given > 0 ? Dim.of(given) : Sizes.of(c, 0, 1);
        Dim keyHeads = givenKeys > 0 ? Dim.of(givenKeys) : Sizes.of(c, 1, 1);
        Dim queries = Sizes.of(c, 0, -2);
        Dim keys = Sizes.of(c, 1, -2);
        sizes.extent(2, -2, keys);
        if (apart) {
            sizes.extent(1, 1, keyHeads)
                    .extent(2, 1, keyHeads)
                    .extent(0, 1, heads)
                    .extent(1, 3, Sizes.of(c, 0, 3));
        } else {
            sizes.divides(Sizes.of(c, 0, 2), given, "columns of the queries in heads")
                    .divides(Sizes.of(c, 2, 2), givenKeys, "columns of the values in heads");
        }
        Dim size = apart ? Sizes.of(c, 0, 3) : DimMath.floorDiv(Sizes.of(c, 0, 2), given);
        Dim valueSize = apart ? Sizes.of(c, 2, 3) : DimMath.floorDiv(Sizes.of(c, 2, 2), givenKeys);
        if (!apart) {
            sizes.extent(1, 2, DimMath.mul(size, givenKeys));
        }
        Dim past = c.has(4) ? Sizes.of(c, 4, 2) : Dim.of(0);
        sizes.shape(6, batch)
                .require(
                        !(c.has(6) && (c.has(4) || c.has(5))),
                        () -> "how many keys are no padding is not told beside past keys and values");
        if (keyHeads instanceof Dim.Fixed(long n)) {
            sizes.divides(heads, n, "heads in groups");
        }
        mask(c, sizes, heads, queries, DimMath.add(keys, past));
        sizes.shape(4, batch, keyHeads, past, size).shape(5, batch, keyHeads, past, valueSize);
    }

    /// By the standard a mask can be repeated on every axis, and since opset 24 be shorter than all keys; the kernel of
    /// ONNX Runtime takes less.
    private static void mask(InferContext c, Sizes sizes, Dim heads, Dim queries, Dim all) {
        if (!c.has(3)) {
            return;
        }
        if (c.opset() >= 24) {
            if (all instanceof Dim.Fixed(long keys) && Sizes.of(c, 3, -1) instanceof Dim.Fixed(long masked)) {
                sizes.require(masked <= keys, () -> "its mask is for " + masked + " keys, and there are " + keys);
            }
        } else {
            repeated(c, sizes, -1, all);
        }
        repeated(c, sizes, -2, queries);
        repeated(c, sizes, -3, heads);
        repeated(c, sizes, -4, Sizes.of(c, 0, 0));
    }

    private static void repeated(InferContext c, Sizes sizes, int axis, Dim wanted) {
        if (!Sizes.of(c, 3, axis).equals(Dim.of(1))
                && c.dims(3).filter(d -> d.size() >= -axis).isPresent()) {
            sizes.extent(3, axis, wanted);
        }
    }
}
