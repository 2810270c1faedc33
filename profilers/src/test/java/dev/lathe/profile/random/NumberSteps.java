package dev.lathe.profile.random;

import static dev.lathe.profile.random.OneNode.attribute;

import dev.lathe.graph.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Ways in which a random graph grows by a node that computes with numbers, as models do with sizes.
final class NumberSteps {
    static final List<Consumer<RandomGraph>> ALL = List.of(
            NumberSteps::wholeNumbers,
            NumberSteps::wholeNumbers,
            NumberSteps::wholeNumbers,
            NumberSteps::fractions,
            NumberSteps::several,
            NumberSteps::unary,
            NumberSteps::power,
            NumberSteps::compare,
            NumberSteps::logic,
            NumberSteps::where,
            NumberSteps::clip,
            NumberSteps::cast,
            NumberSteps::cast,
            NumberSteps::reduce,
            NumberSteps::reduce,
            NumberSteps::argMax,
            NumberSteps::cumSum,
            NumberSteps::range,
            NumberSteps::constantOfShape,
            NumberSteps::nonZero,
            NumberSteps::oneHot,
            NumberSteps::eyeLike,
            NumberSteps::unique);

    private NumberSteps() {}

    private static void wholeNumbers(RandomGraph g) {
        arithmetic(g, h -> h.is(DType.INT64) && h.size() < 200);
    }

    private static void fractions(RandomGraph g) {
        arithmetic(g, h -> h.is(DType.FLOAT32) && h.size() < 30);
    }

    private static void arithmetic(RandomGraph g, Predicate<Held> kind) {
        g.any(kind).ifPresent(s -> {
            DType dtype = g.held(s).dtype();
            Optional<String> computed = g.chance(0.5) ? g.any(kind) : Optional.empty();
            String t = computed.orElseGet(() -> g.constant(Held.scalar(dtype, g.one(1, 2, 3, -1, -2, 4, 0, 7))));
            boolean swapped = g.chance(0.3);
            String left = swapped ? t : s;
            String right = swapped ? s : t;
            String op = g.one("Add", "Sub", "Mul", "Div", "Mod", "Max", "Min");
            boolean divides = op.equals("Div") || op.equals("Mod");
            if (divides
                    && dtype == DType.INT64
                    && Arrays.stream(g.held(right).numbers()).anyMatch(n -> n == 0)) {
                return; // Ends the process.
            }
            if (op.equals("Mod")) {
                boolean truncates = dtype == DType.FLOAT32 || g.chance(0.5);
                g.add(op, List.of(left, right), 1, attribute("fmod", truncates ? 1 : 0));
            } else {
                g.add(op, List.of(left, right), 1);
            }
        });
    }

    private static void several(RandomGraph g) {
        DType dtype = g.one(DType.INT64, DType.FLOAT32);
        List<String> inputs = new ArrayList<>();
        for (int i = g.between(1, 3); i > 0; i--) {
            g.any(h -> h.is(dtype) && h.size() < 50).ifPresent(inputs::add);
        }
        if (!inputs.isEmpty()) {
            g.add(dtype == DType.INT64 ? g.one("Max", "Min") : g.one("Mean", "Sum"), inputs, 1);
        }
    }

    private static void unary(RandomGraph g) {
        g.any(h -> h.is(DType.INT64) || h.is(DType.FLOAT32))
                .ifPresent(s -> g.add(
                        g.one("Neg", "Abs", "Sign", "Identity", "Floor", "Ceil", "Sqrt", "Round"), List.of(s), 1));
    }

    private static void power(RandomGraph g) {
        g.any(h -> h.is(DType.INT64)
                        && h.size() < 30
                        && Arrays.stream(h.numbers()).allMatch(n -> Math.abs(n) < 20))
                .ifPresent(s -> g.add("Pow", List.of(s, g.constant(Held.scalar(DType.INT64, g.between(0, 3)))), 1));
    }

    private static void compare(RandomGraph g) {
        g.any(Held::isSmall).ifPresent(s -> {
            Optional<String> computed = g.chance(0.5) ? g.any(Held::isSmall) : Optional.empty();
            String t = computed.orElseGet(() -> g.constant(Held.scalar(DType.INT64, g.between(-2, 5))));
            g.add(g.one("Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual"), List.of(s, t), 1);
        });
    }

    private static void logic(RandomGraph g) {
        g.any(h -> h.is(DType.BOOL)).ifPresent(s -> {
            String t = g.any(h -> h.is(DType.BOOL)).orElse(s);
            if (g.chance(0.25)) {
                g.add("Not", List.of(s), 1);
            } else {
                g.add(g.one("And", "Or", "Xor"), List.of(s, t), 1);
            }
        });
    }

    private static void where(RandomGraph g) {
        g.any(h -> h.is(DType.BOOL)).ifPresent(c -> {
            String s = g.any(Held::isSmall).orElseThrow();
            g.add("Where", List.of(c, s, g.any(Held::isSmall).orElse(s)), 1);
        });
    }

    private static void clip(RandomGraph g) {
        g.any(Held::isSmall).ifPresent(s -> {
            String least = g.chance(0.5) ? "" : g.constant(Held.scalar(DType.INT64, g.between(-1, 1)));
            g.add("Clip", List.of(s, least, g.constant(Held.scalar(DType.INT64, g.between(1, 4)))), 1);
        });
    }

    private static void cast(RandomGraph g) {
        DType to = g.one(DType.INT64, DType.INT64, DType.FLOAT32, DType.BOOL, DType.INT32, DType.FLOAT64);
        g.any(h -> h.size() < 100).ifPresent(s -> g.add("Cast", List.of(s), 1, attribute("to", to.onnxCode())));
    }

    /// Of nothing, ONNX Runtime's own inference says another shape than its kernels give.
    private static boolean isReducible(Held h) {
        return h.size() > 0 && (h.is(DType.INT64) || h.is(DType.FLOAT32));
    }

    private static void reduce(RandomGraph g) {
        g.any(NumberSteps::isReducible).ifPresent(s -> {
            int rank = g.held(s).rank();
            List<String> inputs = new ArrayList<>(List.of(s));
            if (g.chance(0.6)) {
                int count = g.between(0, rank);
                inputs.add(g.ints(
                        rank == 0
                                ? new long[0]
                                : g.random
                                        .ints(count, 0, rank)
                                        .distinct()
                                        .mapToLong(a -> g.chance(0.3) ? a - rank : a)
                                        .toArray()));
            }
            g.add(
                    g.one("ReduceSum", "ReduceProd", "ReduceMax", "ReduceMin", "ReduceMean"),
                    inputs,
                    1,
                    attribute("keepdims", g.between(0, 1)),
                    attribute("noop_with_empty_axes", g.chance(0.25) ? 1 : 0));
        });
    }

    private static void argMax(RandomGraph g) {
        g.any(h -> h.rank() > 0 && isReducible(h))
                .ifPresent(s -> g.add(
                        g.one("ArgMax", "ArgMin"),
                        List.of(s),
                        1,
                        attribute("axis", g.axis(g.held(s))),
                        attribute("keepdims", g.between(0, 1)),
                        attribute("select_last_index", g.between(0, 1))));
    }

    private static void cumSum(RandomGraph g) {
        g.any(h -> h.is(DType.INT64) && h.rank() > 0)
                .ifPresent(s -> g.add(
                        "CumSum",
                        List.of(s, g.constant(Held.scalar(DType.INT64, g.axis(g.held(s))))),
                        1,
                        attribute("exclusive", g.between(0, 1)),
                        attribute("reverse", g.between(0, 1))));
    }

    private static void range(RandomGraph g) {
        String step = g.constant(Held.scalar(DType.INT64, g.one(1, 1, 2, -1, 3, -2)));
        g.add("Range", List.of(end(g), end(g), step), 1);
    }

    private static String end(RandomGraph g) {
        Optional<String> computed = g.chance(0.6) ? g.any(h -> h.is(DType.INT64) && h.rank() == 0) : Optional.empty();
        return computed.orElseGet(() -> g.constant(Held.scalar(DType.INT64, g.one(0, 1, 2, 5, -1, -3, 10))));
    }

    private static void constantOfShape(RandomGraph g) {
        g.any(h -> h.isList()
                        && h.size() < 5
                        && Arrays.stream(h.numbers()).allMatch(n -> n >= 0 && n < 50)
                        && Arrays.stream(h.numbers()).reduce(1, (a, b) -> a * b) < 2000)
                .ifPresent(s -> g.add("ConstantOfShape", List.of(s), 1));
    }

    private static void nonZero(RandomGraph g) {
        // Of a scalar, ONNX Runtime gives [1, n] and the standard [0, n].
        g.any(h -> h.rank() > 0 && h.size() < 60 && !h.is(DType.FLOAT64))
                .ifPresent(s -> g.add("NonZero", List.of(s), 1));
    }

    private static void oneHot(RandomGraph g) {
        g.any(Held::isSmall).ifPresent(s -> {
            String depth = g.constant(Held.scalar(DType.INT64, g.between(1, 4)));
            g.add("OneHot", List.of(s, depth, g.ints(0, 1)), 1, attribute("axis", g.one(-1, 0, 1)));
        });
    }

    private static void eyeLike(RandomGraph g) {
        g.any(h -> h.rank() == 2)
                .ifPresent(s -> g.add("EyeLike", List.of(s), 1, attribute("dtype", DType.INT64.onnxCode())));
    }

    private static void unique(RandomGraph g) {
        g.any(Held::isList).ifPresent(s -> g.add("Unique", List.of(s), 1));
    }
}
