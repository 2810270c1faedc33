package dev.lathe.graph.op;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.List;

/// What kernels of convolutions want of weight and bias besides the shape that comes out.
public final class Filters {
    private Filters() {}

    /// A weight W [M, C/group, kernel…] makes M channels, which the groups share equally; a bias has one number each.
    public static void conv(InferContext c, int weight, int bias) {
        conv(c, weight).shape(bias, Sizes.of(c, weight, 0));
    }

    /// The same without a bias.
    public static Sizes conv(InferContext c, int weight) {
        return Sizes.atRun(c).divides(Sizes.of(c, weight, 0), c.attrs().intOr("group", 1), "output channels in groups");
    }

    /// Where the output's size is given, a convolution of it with as much padding as that takes has the input's size.
    private static void asked(InferContext c, int weight) {
        List<Long> wanted = c.attrs().ints("output_shape").orElse(List.of());
        int spatial = c.dims(0).map(List::size).orElse(0) - 2;
        for (int i = 0; i < spatial && wanted.size() >= spatial; i++) {
            long out = wanted.get(wanted.size() - spatial + i);
            if (Sizes.of(c, 0, i + 2) instanceof Dim.Fixed(long in)
                    && Sizes.of(c, weight, i + 2) instanceof Dim.Fixed(long kernel)) {
                long stride = Windows.at(c, "strides", i, 1);
                long extent = (kernel - 1) * Windows.at(c, "dilations", i, 1) + 1;
                long more = Windows.at(c, "output_padding", i, 0);
                long pads = Math.max(0, (in - 1) * stride + extent + more - out);
                long back = (out + pads - extent - more) / stride + 1;
                if (back != in) {
                    c.contradiction("'output_shape' is " + wanted + ": that would come from a size of " + back
                            + " on spatial axis " + i + ", not " + in);
                    return;
                }
            }
        }
    }

    /// A weight W [C, M/group, kernel…] has the input's channels; a bias has one number for each that comes out.
    public static void transposed(InferContext c, int weight, int bias) {
        long groups = c.attrs().intOr("group", 1);
        Sizes.atRun(c)
                .same(weight, 0, 0, 1)
                .divides(Sizes.of(c, 0, 1), groups, "channels in groups")
                .shape(bias, DimMath.mul(Sizes.of(c, weight, 1), groups));
        asked(c, weight);
        List<Long> strides = c.attrs().ints("strides").orElse(List.of());
        List<Long> dilations = c.attrs().ints("dilations").orElse(List.of());
        List<Long> more = c.attrs().ints("output_padding").orElse(List.of());
        for (int i = 0; i < more.size(); i++) {
            long least = Math.max(i < strides.size() ? strides.get(i) : 1, i < dilations.size() ? dilations.get(i) : 1);
            if (more.get(i) >= least) {
                c.contradiction("'output_padding' is " + more + ": each must be less than the stride or dilation");
                return;
            }
        }
    }
}
