package dev.lathe.profile.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Severity;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shapes, and what is known of the contents that make them, against what ONNX Runtime computes: graphs of about forty
/// nodes made at random, with sizes and with names in their places. No formula may give another size than the run did.
/// Each node ran alone. ONNX Runtime does not load each whole, since its own inference differs from its kernels
/// (Squeeze without axes, Slice backwards to INT_MAX); what it loads must not be called wrong.
///
/// 300 graphs with `-Pconformance`, 20 otherwise. `-Dlathe.random=N` and `-Dlathe.random.seed=N` make others,
/// `-Dlathe.random.keep=FOLDER` keeps those on which we differ.
class RandomGraphsTest {
    private static final long SEED = Long.getLong("lathe.random.seed", 20_261_122);
    private static final int GRAPHS = Integer.getInteger("lathe.random", 300);
    private static final int FEWER = 15;
    private static final Map<String, Long> SIZES = sizes();

    @TempDir
    Path folder;

    private final List<String> wrong = new ArrayList<>();
    private int tensors;
    private int refused;
    private int settled;
    private int formulas;

    private static Map<String, Long> sizes() {
        Map<String, Long> sizes = new HashMap<>();
        for (int i = 0; i < RandomGraph.NAMES.size(); i++) {
            sizes.put(RandomGraph.NAMES.get(i), RandomGraph.SIZES.get(i));
        }
        return sizes;
    }

    @Test
    void noShapeDiffersFromWhatARunGives() throws Exception {
        boolean all = Integer.getInteger("lathe.conformance", 16) == 1 || System.getProperty("lathe.random") != null;
        int graphs = all ? GRAPHS : GRAPHS / FEWER;
        Made.make(folder, SEED, graphs);
        int died = 0;
        for (long seed = SEED; seed < SEED + graphs; seed++) {
            Optional<Made> made = Made.read(folder, seed);
            if (made.isEmpty()) {
                died++;
                continue;
            }
            int before = wrong.size();
            compare(made.get(), false, DimBindings.NONE);
            compare(made.get(), true, DimBindings.NONE);
            compare(made.get(), true, new DimBindings(SIZES));
            if (wrong.size() > before) {
                keep(seed);
            }
        }
        System.out.printf(
                "%d random graphs (%d took ONNX Runtime down, %d do not load): of %,d shapes, %,d are settled and %,d are"
                        + " formulas%n",
                graphs, died, refused, tensors, settled, formulas);
        assertThat(wrong).isEmpty();
        assertThat(died).isLessThanOrEqualTo(graphs / 10);
        // Sizes that come from what is computed with an input's elements are nobody's before a run.
        assertThat(settled + formulas).isGreaterThan(tensors * 8 / 10);
    }

    private void keep(long seed) throws IOException {
        String keep = System.getProperty("lathe.random.keep");
        if (keep != null) {
            for (boolean named : new boolean[] {false, true}) {
                Path file = Made.model(folder, seed, named);
                Files.copy(file, Path.of(keep).resolve(file.getFileName()));
            }
        }
    }

    private void compare(Made made, boolean named, DimBindings set) throws LatheException {
        Path file = Made.model(folder, made.seed(), named);
        Model model = Formats.open(file, JobContext.quiet());
        Analysis analysis = Analysis.of(model, set, JobContext.quiet());
        String what = file.getFileName() + (set.sizes().isEmpty() ? "" : " with its sizes set");
        Optional<Diagnostic> error = Verifier.of(analysis, JobContext.quiet()).stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .findFirst();
        String refusal = made.refusals().get(named ? 1 : 0);
        if (error.isPresent() && refusal.isEmpty()) {
            wrong.add(what + ": called wrong, but it loads: " + error.get().line());
        }
        refused += refusal.isEmpty() ? 0 : 1;
        for (Made.Tensor t : made.tensors()) {
            tensors++;
            ValueType type = analysis.type(
                    model.graph().valueNamed(t.name()).orElseThrow().id());
            String problem = problem(type, t);
            if (!problem.isEmpty()) {
                wrong.add(what + ": " + t.name() + " of " + t.producer() + ": " + problem);
            }
        }
    }

    private String problem(ValueType type, Made.Tensor made) {
        if (!(type instanceof ValueType.TensorType(var dtype, Shape shape))) {
            return "no tensor: " + type;
        }
        if (dtype.isPresent() && dtype.get() != made.dtype()) {
            return type + ", but it is " + made.dtype();
        }
        if (!(shape instanceof Shape.Ranked(List<Dim> dims))) {
            return "";
        }
        boolean open = false;
        boolean same = dims.size() == made.dims().size();
        for (int i = 0; same && i < dims.size(); i++) {
            OptionalLong size = size(dims.get(i));
            open |= size.isEmpty();
            same = size.isEmpty() || size.getAsLong() == made.dims().get(i);
        }
        if (!open) {
            boolean plain = dims.stream().allMatch(d -> d instanceof Dim.Fixed);
            settled += plain ? 1 : 0;
            formulas += plain ? 0 : 1;
        }
        return same ? "" : type + ", but it is " + made.dims();
    }

    /// What a formula gives for the sizes that the run had; empty where a name stands for something that only a run
    /// settles.
    private static OptionalLong size(Dim dim) {
        return switch (dim) {
            case Dim.Fixed(long n) -> OptionalLong.of(n);
            case Dim.Unknown() -> OptionalLong.empty();
            case Dim.Symbol(String name) ->
                SIZES.containsKey(name) ? OptionalLong.of(SIZES.get(name)) : OptionalLong.empty();
            case Dim.Expr(Dim.Op op, Dim left, Dim right) -> {
                OptionalLong a = size(left);
                OptionalLong b = size(right);
                yield a.isEmpty() || b.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(of(op, a.getAsLong(), b.getAsLong()));
            }
        };
    }

    private static long of(Dim.Op op, long a, long b) {
        return switch (op) {
            case ADD -> a + b;
            case MUL -> a * b;
            case FLOOR_DIV -> Math.floorDiv(a, b);
            case CEIL_DIV -> Math.ceilDiv(a, b);
            case MOD -> Math.floorMod(a, b);
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }
}
