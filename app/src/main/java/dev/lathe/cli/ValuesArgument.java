package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.OneLine;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.FilesTogether;
import dev.lathe.optimize.check.NpyFile;
import dev.lathe.optimize.check.ProgramValues;
import dev.lathe.optimize.check.TensorValues;
import dev.lathe.optimize.check.ValueStatistics;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.torchscript.TorchScript;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--values` and `--values-dir` of `lathe run`: what tensors hold.
final class ValuesArgument {
    @Option(
            names = "--values",
            paramLabel = "NAME",
            description = "Tell what this tensor holds in a run; * and ? stand for letters. Repeatable.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--values-dir", paramLabel = "DIR", description = "Store these tensors as NumPy files in DIR, too.")
    private Optional<Path> folder = Optional.empty();

    /// One tensor of the result.
    private record Told(String name, HostTensor shape, ValueStatistics statistics, Optional<Path> file) {}

    /// File systems take 255 bytes; the number of an equal name and `.npy` come behind.
    private static final int LONGEST_NAME = 200;

    private final List<Told> told = new ArrayList<>();
    private final Map<String, String> left = new LinkedHashMap<>();

    void check() throws LatheException {
        if (folder.isPresent() && names.isEmpty()) {
            throw TargetOptions.wrong("--values-dir", "--values says which tensors.");
        }
        if (folder.isPresent()) {
            OutputFile.checkFolder("--values-dir", folder.get());
        }
    }

    /// Before anything is run: a name that is not there costs nothing. What a program gives is known afterwards only.
    List<String> named(Model model) throws LatheException {
        return isProgram(model) ? List.copyOf(names) : TensorValues.named(model, names);
    }

    private static boolean isProgram(Model model) {
        return model.format().equals(TorchScript.FORMAT);
    }

    /// Runs the model for the tensors, on the inputs of the measurement.
    void take(Model model, List<String> tensors, ProfilePlan plan, ModelRunner runner, JobContext job)
            throws LatheException {
        if (tensors.isEmpty()) {
            return;
        }
        if (folder.isEmpty()) {
            run(model, tensors, plan, runner, taker((name, value) -> Optional.empty()), job);
            return;
        }
        try (FilesTogether together = FilesTogether.in(folder.get())) {
            run(
                    model,
                    tensors,
                    plan,
                    runner,
                    taker((name, value) -> {
                        Optional<String> file = NpyFile.canHold(value) ? Optional.of(fileName(name)) : Optional.empty();
                        if (file.isPresent()) {
                            try {
                                NpyFile.write(value, together.folder().resolve(file.get()));
                            } catch (LatheException e) {
                                throw together.told(e);
                            }
                        }
                        return file.map(folder.get()::resolve);
                    }),
                    job);
            together.keep();
        }
    }

    /// Stores a tensor, where it is to be stored and can be, and says where.
    @FunctionalInterface
    private interface Storing {
        Optional<Path> store(String name, HostTensor value) throws LatheException;
    }

    private TensorValues.Taker taker(Storing storing) {
        return new TensorValues.Taker() {
            @Override
            public void take(String name, HostTensor value) throws LatheException {
                Optional<Path> file = storing.store(name, value);
                // The content is not kept: there may be much of it.
                HostTensor shape = HostTensor.of(value.dtype(), value.dims(), MemorySegment.NULL);
                told.add(new Told(name, shape, ValueStatistics.of(value), file));
            }

            @Override
            public void left(String name, String why) {
                left.put(name, why);
            }
        };
    }

    private static void run(
            Model model,
            List<String> tensors,
            ProfilePlan plan,
            ModelRunner runner,
            TensorValues.Taker taker,
            JobContext job)
            throws LatheException {
        if (isProgram(model)) {
            ProgramValues.of(model, tensors, plan.dims(), plan.seed(), plan.target(), runner, taker, job);
        } else {
            TensorValues.of(model, tensors, plan.dims(), plan.seed(), plan.target(), runner, taker, job);
        }
    }

    /// Tensors are called by paths: what no file name takes becomes `_`, of a long one the end is kept, which tells
    /// tensors apart, and equal names get a number.
    private String fileName(String tensor) {
        String plain = tensor.replaceAll("[^A-Za-z0-9._-]", "_");
        String end = plain.substring(Math.max(0, plain.length() - LONGEST_NAME));
        String base = end.isEmpty() || end.startsWith(".") ? "_" + end : end;
        String name = base + ".npy";
        for (int i = 2; taken(name); i++) {
            name = base + "_" + i + ".npy";
        }
        return name;
    }

    private boolean taken(String file) {
        return told.stream()
                .flatMap(t -> t.file().stream())
                .anyMatch(f -> String.valueOf(f.getFileName()).equalsIgnoreCase(file));
    }

    List<Map<String, @Nullable Object>> json() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Told t : told) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            ValueStatistics s = t.statistics();
            j.put("tensor", t.name());
            j.put("dtype", t.shape().dtype().text());
            j.put("shape", t.shape().dims());
            j.put("elements", s.elements());
            j.put("nan", s.nan());
            j.put("infinite", s.infinite());
            j.put("zeros", s.zeros());
            j.put("min", finite(s.min()));
            j.put("max", finite(s.max()));
            j.put("mean", finite(s.mean()));
            j.put("deviation", finite(s.deviation()));
            j.put("histogram", s.histogram());
            j.put("file", t.file().map(Path::toString).orElse(null));
            all.add(j);
        }
        left.forEach((name, why) -> {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("tensor", name);
            j.put("why", why);
            all.add(j);
        });
        return all;
    }

    private static @Nullable Double finite(double d) {
        return Double.isFinite(d) ? d : null;
    }

    String text() {
        if (told.isEmpty() && left.isEmpty()) {
            return "";
        }
        StringBuilder b = new StringBuilder();
        b.append(String.format(
                "%n%-44s %-22s %11s %11s %11s %11s%n", "tensor", "type", "min", "mean", "max", "deviation"));
        for (Told t : told) {
            ValueStatistics s = t.statistics();
            b.append(String.format(
                    Locale.ROOT,
                    "%-44s %-22s %11s %11s %11s %11s%s%n",
                    LayerText.tail(OneLine.of(t.name()), 44),
                    type(t.shape().dtype(), t.shape().dims()),
                    number(s.min()),
                    number(s.mean()),
                    number(s.max()),
                    number(s.deviation()),
                    (s.nan() > 0 ? "  " + s.nan() + " NaN" : "")
                            + (s.infinite() > 0 ? "  " + s.infinite() + " infinite" : "")));
        }
        left.forEach((name, why) ->
                b.append(String.format("%-44s – (%s)%n", LayerText.tail(OneLine.of(name), 44), why)));
        folder.ifPresent(f -> b.append("stored in ").append(f).append('\n'));
        return b.toString();
    }

    private static String type(DType dtype, List<Long> dims) {
        return dtype.text() + dims;
    }

    private static String number(double d) {
        return Double.isNaN(d) ? "–" : String.format(Locale.ROOT, "%.5g", d);
    }
}
