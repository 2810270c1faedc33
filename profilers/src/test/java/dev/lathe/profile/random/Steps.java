package dev.lathe.profile.random;

import static dev.lathe.profile.random.OneNode.attribute;

import dev.lathe.graph.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Ways in which a random graph grows by a node that looks at, moves or makes shapes and what they hold.
final class Steps {
    private static final long[] EXTREMES = {
        Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, 1, -1, 2, -2, 3, 5, -5, -4
    };

    private static final List<Consumer<RandomGraph>> ALL = List.of(
            Steps::shape,
            Steps::shape,
            Steps::size,
            Steps::gather,
            Steps::gatherElements,
            Steps::gatherNd,
            Steps::scatterNd,
            Steps::scatterElements,
            Steps::slice,
            Steps::slice,
            Steps::concat,
            Steps::split,
            Steps::unsqueeze,
            Steps::squeeze,
            Steps::transpose,
            Steps::flatten,
            Steps::reshape,
            Steps::reshape,
            Steps::expandOrTile,
            Steps::pad,
            Steps::compress,
            Steps::topK,
            Steps::trilu,
            Steps::resize,
            Steps::matMul);

    private Steps() {}

    /// Tries one of them, or one of [NumberSteps].
    static void next(RandomGraph g) {
        int i = g.random.nextInt(ALL.size() + NumberSteps.ALL.size());
        Consumer<RandomGraph> step = i < ALL.size() ? ALL.get(i) : NumberSteps.ALL.get(i - ALL.size());
        step.accept(g);
    }

    private static void shape(RandomGraph g) {
        String s = g.any(h -> true).orElseThrow();
        switch (g.random.nextInt(4)) {
            case 0 -> g.add("Shape", List.of(s), 1, attribute("start", g.between(-4, 3)));
            case 1 -> g.add("Shape", List.of(s), 1, attribute("end", g.between(-4, 4)));
            case 2 ->
                g.add("Shape", List.of(s), 1, attribute("start", g.between(-4, 3)), attribute("end", g.between(-4, 4)));
            default -> g.add("Shape", List.of(s), 1);
        }
    }

    private static void size(RandomGraph g) {
        g.add("Size", List.of(g.any(h -> true).orElseThrow()), 1);
    }

    private static void gather(RandomGraph g) {
        g.any(h -> h.rank() > 0).ifPresent(s -> {
            Held h = g.held(s);
            int axis = g.axis(h);
            int n = (int) Math.max(1, h.dims().get(Math.floorMod(axis, h.rank())));
            int count = g.between(0, 3);
            long[] places = g.random.longs(count, -n, n).toArray();
            Held indices = switch (g.random.nextInt(3)) {
                case 0 -> Held.scalar(DType.INT64, g.between(-n, n - 1));
                case 1 -> Held.ints(places);
                default -> new Held(DType.INT64, List.of(1L, 1L), new double[] {g.between(-n, n - 1)});
            };
            g.add("Gather", List.of(s, g.constant(indices)), 1, attribute("axis", axis));
        });
    }

    private static void gatherElements(RandomGraph g) {
        g.any(h -> h.isList() && h.size() > 0).ifPresent(s -> {
            int n = g.held(s).size();
            g.add(
                    "GatherElements",
                    List.of(s, g.ints(g.random.longs(g.between(1, 3), -n, n).toArray())),
                    1);
        });
    }

    private static void gatherNd(RandomGraph g) {
        g.any(h -> h.rank() > 0 && h.size() > 0).ifPresent(s -> {
            Held h = g.held(s);
            int depth = g.between(1, h.rank());
            int count = g.between(1, 3);
            double[] places = new double[count * depth];
            for (int i = 0; i < places.length; i++) {
                places[i] = g.between(0, (int) (h.dims().get(i % depth) - 1));
            }
            Held indices = new Held(DType.INT64, List.of((long) count, (long) depth), places);
            g.add("GatherND", List.of(s, g.constant(indices)), 1);
        });
    }

    private static void scatterNd(RandomGraph g) {
        g.any(h -> h.isList() && h.size() > 0).ifPresent(s -> {
            int n = g.held(s).size();
            int k = g.between(1, 2);
            double[] places = g.random.longs(k, -n, n).asDoubleStream().toArray();
            String at = g.constant(new Held(DType.INT64, List.of((long) k, 1L), places));
            String updates = g.any(h -> h.isList() && h.size() == k)
                    .orElseGet(() -> g.ints(g.random.longs(k, 0, 6).toArray()));
            if (g.chance(0.4)) {
                g.add("ScatterND", List.of(s, at, updates), 1, attribute("reduction", g.one("add", "mul", "max")));
            } else {
                g.add("ScatterND", List.of(s, at, updates), 1);
            }
        });
    }

    private static void scatterElements(RandomGraph g) {
        g.any(h -> h.isList() && h.size() > 0).ifPresent(s -> {
            int n = g.held(s).size();
            List<String> inputs = List.of(s, g.ints(g.between(-n, n - 1)), g.ints(g.between(0, 9)));
            if (g.chance(0.3)) {
                g.add("ScatterElements", inputs, 1, attribute("reduction", g.one("add", "mul", "min")));
            } else {
                g.add("ScatterElements", inputs, 1);
            }
        });
    }

    private static void slice(RandomGraph g) {
        g.any(h -> h.rank() > 0).ifPresent(s -> {
            Held h = g.held(s);
            List<Integer> axes = some(g, h.rank(), g.between(1, h.rank()));
            List<String> inputs = new ArrayList<>(List.of(s, bounds(g, axes.size()), bounds(g, axes.size())));
            if (g.chance(0.8) || axes.size() != h.rank()) {
                inputs.add(g.ints(axes.stream()
                        .mapToLong(a -> g.chance(0.3) ? a - h.rank() : a)
                        .toArray()));
                if (g.chance(0.5)) {
                    inputs.add(g.ints(axes.stream()
                            .mapToLong(a -> g.one(1, -1, 2, -2, 3, -3))
                            .toArray()));
                }
            }
            g.add("Slice", inputs, 1);
        });
    }

    private static String bounds(RandomGraph g, int axes) {
        Optional<String> computed = g.chance(0.25) ? g.any(h -> h.isList() && h.size() == axes) : Optional.empty();
        return computed.orElseGet(() -> g.ints(g.random
                .ints(axes, 0, EXTREMES.length)
                .mapToLong(i -> EXTREMES[i])
                .toArray()));
    }

    /// Of empty tensors: ONNX Runtime's kernel leaves them out, whatever their other sizes are; its inference does not.
    private static void concat(RandomGraph g) {
        g.any(h -> h.rank() > 0 && h.size() > 0).ifPresent(s -> {
            Held h = g.held(s);
            List<String> inputs = new ArrayList<>(List.of(s));
            for (int i = g.between(0, 2); i > 0; i--) {
                g.any(o -> o.is(h.dtype()) && o.rank() == h.rank() && o.size() > 0)
                        .ifPresent(inputs::add);
            }
            g.add("Concat", inputs, 1, attribute("axis", g.axis(h)));
        });
    }

    private static void split(RandomGraph g) {
        g.any(h -> h.rank() > 0).ifPresent(s -> {
            Held h = g.held(s);
            int axis = g.axis(h);
            int parts = g.between(1, 3);
            if (g.chance(0.5)) {
                g.add("Split", List.of(s), parts, attribute("axis", axis), attribute("num_outputs", parts));
                return;
            }
            long left = h.dims().get(Math.floorMod(axis, h.rank()));
            long[] sizes = new long[parts];
            for (int i = 0; i < parts - 1; i++) {
                sizes[i] = g.random.nextLong(left + 1);
                left -= sizes[i];
            }
            sizes[parts - 1] = left;
            g.add("Split", List.of(s, g.ints(sizes)), parts, attribute("axis", axis));
        });
    }

    private static void unsqueeze(RandomGraph g) {
        g.any(h -> h.rank() < 4).ifPresent(s -> {
            int more = g.between(0, 2);
            int rank = g.held(s).rank() + more;
            long[] axes =
                    rank == 0 ? new long[0] : g.random.longs(more, -rank, rank).toArray();
            g.add("Unsqueeze", List.of(s, g.ints(axes)), 1);
        });
    }

    private static void squeeze(RandomGraph g) {
        g.any(h -> h.dims().contains(1L)).ifPresent(s -> {
            Held h = g.held(s);
            if (g.chance(0.4)) {
                g.add("Squeeze", List.of(s), 1);
                return;
            }
            List<Long> axes = new ArrayList<>();
            for (int i = 0; i < h.rank(); i++) {
                if (h.dims().get(i) == 1 && g.chance(0.7)) {
                    axes.add((long) (g.chance(0.4) ? i - h.rank() : i));
                }
            }
            g.add(
                    "Squeeze",
                    List.of(s, g.ints(axes.stream().mapToLong(Long::longValue).toArray())),
                    1);
        });
    }

    private static void transpose(RandomGraph g) {
        String s = g.any(h -> true).orElseThrow();
        int rank = g.held(s).rank();
        if (rank == 0 || g.chance(0.3)) {
            g.add("Transpose", List.of(s), 1);
        } else {
            List<Long> order =
                    some(g, rank, rank).stream().map(Integer::longValue).toList();
            g.add("Transpose", List.of(s), 1, attribute("perm", order));
        }
    }

    private static void flatten(RandomGraph g) {
        String s = g.any(h -> true).orElseThrow();
        int rank = g.held(s).rank();
        g.add("Flatten", List.of(s), 1, attribute("axis", g.between(-rank, rank)));
    }

    private static void reshape(RandomGraph g) {
        String s = g.any(h -> true).orElseThrow();
        Optional<String> computed = g.chance(0.4) ? g.any(h -> h.isList() && h.size() < 5) : Optional.empty();
        String to = computed.orElseGet(() -> g.ints(g.one(
                new long[] {-1},
                new long[] {0, -1},
                new long[] {2, -1},
                new long[] {-1, 1},
                new long[] {0, 0, -1},
                new long[] {3, -1},
                new long[] {1, -1, 1})));
        if (g.chance(0.2)) {
            g.add("Reshape", List.of(s, to), 1, attribute("allowzero", 1));
        } else {
            g.add("Reshape", List.of(s, to), 1);
        }
    }

    private static void expandOrTile(RandomGraph g) {
        String s = g.any(h -> true).orElseThrow();
        g.any(h -> h.isList() && h.size() < 5).ifPresent(to -> g.add(g.one("Expand", "Tile"), List.of(s, to), 1));
    }

    private static void pad(RandomGraph g) {
        g.any(h -> h.rank() > 0 && (h.is(DType.FLOAT32) || h.is(DType.INT64))).ifPresent(s -> {
            int rank = g.held(s).rank();
            if (g.chance(0.5)) {
                g.add("Pad", List.of(s, g.ints(g.random.longs(2L * rank, -1, 3).toArray())), 1);
            } else {
                String by = g.ints(g.random.longs(2, -1, 3).toArray());
                g.add(
                        "Pad",
                        List.of(s, by, "", g.ints(g.between(-rank, rank - 1))),
                        1,
                        attribute("mode", g.one("constant", "edge")));
            }
        });
    }

    private static void compress(RandomGraph g) {
        g.any(h -> h.rank() > 0).ifPresent(s -> {
            long n = g.held(s).dims().getFirst();
            double[] kept = g.random.longs(n, 0, 2).asDoubleStream().toArray();
            g.add("Compress", List.of(s, g.constant(new Held(DType.BOOL, List.of(n), kept))), 1, attribute("axis", 0));
        });
    }

    private static void topK(RandomGraph g) {
        g.any(h -> h.rank() > 0 && (h.is(DType.INT64) || h.is(DType.FLOAT32))).ifPresent(s -> {
            Optional<String> computed = g.chance(0.5) ? g.any(h -> h.isList() && h.size() == 1) : Optional.empty();
            String k = computed.orElseGet(() -> g.ints(g.between(0, 3)));
            g.add(
                    "TopK",
                    List.of(s, k),
                    2,
                    attribute("axis", g.axis(g.held(s))),
                    attribute("largest", g.between(0, 1)));
        });
    }

    private static void trilu(RandomGraph g) {
        g.any(h -> h.rank() == 2 && h.is(DType.INT64))
                .ifPresent(s -> g.add(
                        "Trilu",
                        List.of(s, g.constant(Held.scalar(DType.INT64, g.between(-2, 2)))),
                        1,
                        attribute("upper", g.between(0, 1))));
    }

    private static void resize(RandomGraph g) {
        g.any(h -> h.is(DType.FLOAT32) && h.size() > 0 && (h.rank() == 2 || h.rank() == 3))
                .ifPresent(s -> {
                    int rank = g.held(s).rank();
                    if (g.chance(0.5)) {
                        double[] scales = g.random
                                .ints(rank, 0, 6)
                                .mapToDouble(i -> new double[] {1, 2, 0.5, 1.5, 0.75, 3}[i])
                                .toArray();
                        String by = g.constant(new Held(DType.FLOAT32, List.of((long) rank), scales));
                        g.add("Resize", List.of(s, "", by), 1, attribute("mode", "nearest"));
                    } else {
                        List<Long> axes = some(g, rank, 2).stream()
                                .map(Integer::longValue)
                                .toList();
                        g.add(
                                "Resize",
                                List.of(s, "", "", g.ints(g.between(1, 5), g.between(1, 5))),
                                1,
                                attribute("mode", "nearest"),
                                attribute("axes", axes),
                                attribute("keep_aspect_ratio_policy", g.one("stretch", "not_larger", "not_smaller")));
                    }
                });
    }

    /// Of no empty tensors: ONNX Runtime takes 1 for 0 stacks of matrices.
    private static void matMul(RandomGraph g) {
        Predicate<Held> kind = h -> h.rank() > 0 && h.size() > 0 && (h.is(DType.FLOAT32) || h.is(DType.INT64));
        g.any(kind).ifPresent(s -> {
            DType dtype = g.held(s).dtype();
            g.any(h -> kind.test(h) && h.is(dtype)).ifPresent(t -> g.add("MatMul", List.of(s, t), 1));
        });
    }

    /// `count` of the numbers below `n`, in any order.
    private static List<Integer> some(RandomGraph g, int n, int count) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(i);
        }
        Collections.shuffle(all, new Random(g.random.nextLong()));
        return all.subList(0, count);
    }
}
