package dev.lathe.graph.op.microsoft;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import dev.lathe.graph.op.InferContext;
import dev.lathe.graph.op.Sizes;
import java.util.List;

/// What ONNX Runtime's kernels of attention want of the sizes of their inputs.
final class HeadSizes {
    private HeadSizes() {}

    /// The attribute names a number of heads.
    static boolean heads(InferContext c, String... attributes) {
        for (String name : attributes) {
            if (c.attrs().has(name) && c.attrs().intOr(name, 1) <= 0) {
                c.fault("the attribute '" + name + "' must be greater than 0");
                return false;
            }
        }
        return true;
    }

    /// Attention and QAttention: input [batch, length, width], weights [width, queries + keys + values] and their bias,
    /// the state before [2, batch, heads, past, size], and a mask.
    ///
    /// @param past which input the state before is
    /// @param mask which the mask is
    static void packed(InferContext c, int past, int mask) {
        if (!heads(c, "num_heads")) {
            return;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        List<Long> widths = c.attrs().ints("qkv_hidden_sizes").orElse(List.of());
        Sizes.atLoading(c)
                .rank(0, 3)
                .rank(2, 1)
                .rank(past, 5)
                .require(
                        widths.isEmpty() || widths.size() == 3,
                        () -> "'qkv_hidden_sizes' is " + widths
                                + ", and needs a number each for queries, keys and values");
        Sizes sizes = Sizes.atRun(c).rank(1, 2).same(1, 0, 0, 2).same(2, 0, 1, 1);
        Dim all = Sizes.of(c, 1, 1);
        if (!sizes.fit()) {
            return;
        }
        if (widths.isEmpty()) {
            sizes.divides(all, 3, "columns of its weights in parts");
            sizes.divides(DimMath.floorDiv(all, 3), heads, "columns in heads");
        } else {
            long sum = widths.stream().mapToLong(w -> w).sum();
            sizes.require(
                            widths.stream().allMatch(w -> w % heads == 0),
                            () -> "'qkv_hidden_sizes' is " + widths + ": all must be multiples of " + heads + " heads")
                    .require(
                            widths.get(0).equals(widths.get(1)),
                            () -> "'qkv_hidden_sizes' is " + widths + ": queries and keys must be as wide")
                    .extent(1, 1, Dim.of(sum));
        }
        Dim size = widths.isEmpty() ? DimMath.floorDiv(DimMath.floorDiv(all, 3), heads) : Dim.of(widths.get(1) / heads);
        Dim batch = Sizes.of(c, 0, 0);
        Dim length = Sizes.of(c, 0, 1);
        Dim before = c.has(past) ? Sizes.of(c, past, 3) : Dim.of(0);
        boolean shared = c.attrs().intOr("past_present_share_buffer", 0) != 0;
        Dim total = shared && c.has(past) ? Dim.unknown() : DimMath.add(length, before);
        sizes.shape(past, Dim.of(2), batch, Dim.of(heads), before, size);
        mask(c, sizes, mask, batch, length, total);
    }

    /// What Attention adds to its scores.
    static void packedBias(InferContext c) {
        Dim past = c.has(4) ? Sizes.of(c, 4, 3) : Dim.of(0);
        boolean shared = c.attrs().intOr("past_present_share_buffer", 0) != 0;
        Dim length = Sizes.of(c, 0, 1);
        Dim total = shared && c.has(4) ? Dim.unknown() : DimMath.add(length, past);
        Dim heads = Dim.of(c.attrs().intOr("num_heads", 1));
        bias(Sizes.atRun(c), c, 5, List.of(Sizes.of(c, 0, 0), heads, length, total));
    }

    /// A length for each of the batch, also with where it begins; or a number for each key, or for each pair.
    private static void mask(InferContext c, Sizes sizes, int input, Dim batch, Dim length, Dim total) {
        sizes.ranks(input, 1, 4);
        int rank = c.dims(input).map(List::size).orElse(0);
        if (rank == 1) {
            sizes.oneOf(
                    input,
                    List.of(
                            List.of(batch),
                            List.of(DimMath.mul(batch, 2)),
                            List.of(DimMath.add(DimMath.mul(batch, 3), 2))));
        } else if (rank == 2) {
            sizes.oneOf(
                    input, List.of(List.of(batch, total), List.of(batch, Dim.of(1)), List.of(Dim.of(1), Dim.of(1))));
        } else if (rank == 3) {
            sizes.shape(input, batch, length, total);
        } else if (rank == 4) {
            sizes.shape(input, batch, Dim.of(1), Dim.unknown(), Sizes.of(c, input, 2));
        }
    }

    /// MultiHeadAttention: queries, keys and values apart, or keys that another node cut into heads.
    static void apart(InferContext c) {
        if (!heads(c, "num_heads")) {
            return;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        int keyRank = c.dims(1).map(List::size).orElse(0);
        Sizes load = Sizes.atLoading(c)
                .require(
                        c.dims(0).filter(d -> d.size() != 3 && d.size() != 5).isEmpty(),
                        () -> "its input 'query' must have rank 3 or 5")
                .ranks(2, 3, 4)
                .rank(6, 4);
        if (!load.fit() || c.dims(0).filter(d -> d.size() == 3).isEmpty()) {
            return;
        }
        Dim batch = Sizes.of(c, 0, 0);
        Dim queries = Sizes.of(c, 0, 1);
        Dim width = Sizes.of(c, 0, 2);
        Sizes sizes = Sizes.atRun(c)
                .require(c.has(6) == c.has(7), () -> "past keys and past values come together")
                .ranks(1, 3, 5)
                .extent(1, 0, batch)
                .extent(2, 0, batch);
        if (!c.has(1)) {
            return;
        }
        sizes.divides(width, heads, "columns of the queries in heads");
        Dim size = DimMath.floorDiv(width, heads);
        Dim keys = keyRank == 4 ? Sizes.of(c, 1, 2) : Sizes.of(c, 1, 1);
        if (keyRank == 3) {
            sizes.rank(2, 3).extent(1, 2, width).extent(2, 1, keys);
            sizes.divides(Sizes.of(c, 2, 2), heads, "columns of the values in heads");
        } else if (keyRank == 4) {
            sizes.rank(2, 4).shape(1, batch, Dim.of(heads), keys, size).extent(2, 2, keys);
        } else if (keyRank == 5) {
            sizes.shape(1, batch, keys, Dim.of(heads), Dim.of(2), size);
        }
        Dim values = keyRank == 3 ? DimMath.floorDiv(Sizes.of(c, 2, 2), heads) : Sizes.of(c, 2, 3);
        Dim past = c.has(6) ? Sizes.of(c, 6, 2) : Dim.of(0);
        sizes.shape(6, batch, Dim.of(heads), past, size).shape(7, batch, Dim.of(heads), past, values);
        if (keyRank == 3) {
            sizes.shape(3, DimMath.add(DimMath.mul(width, 2), Sizes.of(c, 2, 2)));
        }
        Dim total = c.has(8) ? Dim.unknown() : DimMath.add(keys, past);
        padding(c, sizes, 4, List.of(batch, queries, keys, total));
        bias(sizes, c, 5, List.of(batch, Dim.of(heads), queries, total));
    }

    /// @param of batch, queries, keys, and keys with those before
    private static void padding(InferContext c, Sizes sizes, int input, List<Dim> of) {
        Dim batch = of.get(0);
        sizes.oneOf(
                input,
                List.of(
                        List.of(batch),
                        List.of(DimMath.add(DimMath.mul(batch, 3), 2)),
                        List.of(batch, of.get(2)),
                        List.of(batch, of.get(3)),
                        List.of(batch, of.get(1), of.get(3))));
    }

    /// What is added to the scores [batch, heads, queries, keys]; batch and heads may be 1.
    static void bias(Sizes sizes, InferContext c, int input, List<Dim> scores) {
        sizes.rank(input, 4).extent(input, 2, scores.get(2)).extent(input, 3, scores.get(3));
        for (int i = 0; i < 2; i++) {
            if (!Sizes.of(c, input, i).equals(Dim.of(1))) {
                sizes.extent(input, i, scores.get(i));
            }
        }
    }

    /// GroupQueryAttention: fewer heads of keys and values than of queries, whose size is a multiple of 8.
    static void grouped(InferContext c) {
        if (!heads(c, "num_heads", "kv_num_heads")) {
            return;
        }
        long heads = c.attrs().intOr("num_heads", 1);
        long groups = c.attrs().intOr("kv_num_heads", 1);
        if (!Sizes.atLoading(c).rank(0, 3).rank(3, 4).fit()) {
            return;
        }
        Dim batch = Sizes.of(c, 0, 0);
        Dim width = Sizes.of(c, 0, 2);
        boolean together = !c.has(1);
        Sizes sizes = Sizes.atRun(c)
                .require(heads % groups == 0, () -> heads + " heads are not a multiple of " + groups + " groups")
                .require(c.has(1) == c.has(2), () -> "keys and values come together")
                .require(c.has(3) == c.has(4), () -> "past keys and past values come together");
        sizes.divides(width, together ? heads + 2 * groups : heads, "columns in heads");
        Dim size = DimMath.floorDiv(width, together ? heads + 2 * groups : heads);
        sizes.divides(size, 8, "numbers of a head in steps");
        sizes.shape(1, batch, Dim.unknown(), DimMath.mul(size, groups)).same(2, 1);
        if (c.has(3) && !Sizes.of(c, 1, 1).equals(Dim.of(0))) {
            sizes.same(1, 1, 0, 1);
        }
        sizes.shape(3, batch, Dim.of(groups), Dim.unknown(), plain(c, "k_quant_type") ? size : Dim.unknown());
        sizes.shape(4, batch, Dim.of(groups), Sizes.of(c, 3, 2), plain(c, "v_quant_type") ? size : Dim.unknown());
        if (!c.has(3) && c.has(1)) {
            sizes.same(1, 1, 0, 1);
        }
        Dim length = Sizes.of(c, 0, 1);
        Dim total = c.elements(6).filter(e -> e.size() == 1).map(List::getFirst).orElse(Dim.unknown());
        sizes.extent(9, 0, batch);
        bias(sizes, c, 10, List.of(batch, Dim.of(heads), length, total));
        if (total instanceof Dim.Fixed(long all)) {
            for (int i = 7; i <= 8; i++) {
                if (Sizes.of(c, i, 0) instanceof Dim.Fixed(long rows)) {
                    sizes.require(rows >= all, () -> "its tables have " + rows + " rows for " + all + " positions");
                }
            }
        }
        sizes.ranks(5, 1, Integer.MAX_VALUE)
                .count(5, batch)
                .single(6)
                .ranks(7, 2, Integer.MAX_VALUE)
                .ranks(8, 2, Integer.MAX_VALUE)
                .same(8, 1, 7, 1);
    }

    /// Whether a cache holds numbers as they are.
    private static boolean plain(InferContext c, String attribute) {
        return c.attrs().stringOr(attribute, "NONE").equals("NONE");
    }
}
