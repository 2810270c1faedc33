package dev.lathe.optimize.check;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.op.CostContext;
import dev.lathe.optimize.NodePatterns;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What any tensors of the main graph hold in a run on seeded inputs. They are made outputs of a copy of
/// the model, so the engine may fuse less than it does without; some at a time, so that memory stays
/// bounded.
public final class TensorValues {
    /// Of one run together, as far as their size is known.
    private static final long MOST_BYTES = 256L << 20;

    /// Takes one tensor, which is good during the call only.
    @FunctionalInterface
    public interface Taker {
        void take(String name, HostTensor value) throws LatheException;

        /// Of one that cannot be looked at.
        ///
        /// @param why a clause: "it is …"
        default void left(String name, String why) throws LatheException {
            throw new LatheException(
                    Diagnostic.error("no-values", "cannot be looked at: " + why + ".", new Place.AtValue(name)));
        }
    }

    private TensorValues() {}

    /// The tensors that names and globs (`*`, `?`) mean, in execution order: inputs, constants and what
    /// nodes compute.
    ///
    /// @throws LatheException when one means none
    public static List<String> named(Model model, List<String> wanted) throws LatheException {
        Graph g = model.graph();
        Set<String> all = new LinkedHashSet<>();
        g.inputs().forEach(i -> all.add(g.nameOf(i)));
        g.nodes().forEach(n -> n.outputs().stream().filter(ValueId::isPresent).forEach(o -> all.add(g.nameOf(o))));
        return matching(
                wanted,
                all,
                "the model computes",
                "lathe inspect --shapes - lists all tensors; * stands for any letters.");
    }

    /// Those that names and globs mean, in the order in which they are there.
    static List<String> matching(List<String> wanted, Set<String> there, String whose, String remedy)
            throws LatheException {
        Set<String> found = new LinkedHashSet<>();
        for (String w : wanted) {
            NodePatterns glob = NodePatterns.parse(w.replace(",", "?"));
            List<String> matching = there.contains(w)
                    ? List.of(w)
                    : there.stream().filter(glob::matches).toList();
            if (matching.isEmpty()) {
                throw new LatheException(
                        Diagnostic.error("no-such-tensor", whose + " no such tensor.", new Place.AtValue(w))
                                .withRemedy(remedy));
            }
            found.addAll(matching);
        }
        return there.stream().filter(found::contains).toList();
    }

    /// @param names as [#named] gives them
    /// @throws LatheException when the model cannot be run so
    public static void of(
            Model model,
            List<String> names,
            DimBindings dims,
            long seed,
            RunTarget target,
            ModelRunner runner,
            Taker taker,
            JobContext job)
            throws LatheException {
        Analysis analysis = Analysis.of(model, dims, job);
        Map<String, HostTensor> inputs = InputGenerator.generate(model, analysis, seed);
        List<String> computed = new ArrayList<>();
        for (String name : names) {
            HostTensor given = inputs.get(name);
            if (given == null) {
                computed.add(name);
            } else {
                taker.take(name, given);
            }
        }
        try (Scratch scratch = Scratch.open()) {
            for (List<String> some : batches(analysis, computed)) {
                job.checkCancelled();
                job.progress(-1, "running for " + some.getFirst() + (some.size() == 1 ? "" : " …"));
                Path file = scratch.file("values.onnx");
                Formats.export(giving(analysis, some), file, job);
                try (Session session = runner.open(file, target, SessionConfig.of(target.threads()), job)) {
                    Map<String, HostTensor> outputs = session.run(inputs);
                    for (String name : some) {
                        HostTensor value = outputs.get(name);
                        if (value == null) {
                            taker.left(name, "ONNX Runtime gives it as " + noTensor(analysis, name));
                        } else {
                            taker.take(name, value);
                        }
                    }
                }
            }
        }
    }

    /// What an engine gave that is no dense tensor.
    private static String noTensor(Analysis analysis, String name) {
        return analysis.model().graph().values().stream()
                .filter(v -> v.name().equals(name))
                .map(v -> analysis.type(v.id()))
                .findFirst()
                .map(type -> switch (type) {
                    case ValueType.SequenceType q -> "a sequence, " + q;
                    case ValueType.MapType m -> "a map, " + m;
                    case ValueType.OptionalType o -> "an optional value, " + o;
                    case ValueType.SparseTensorType t -> "a sparse tensor, " + t;
                    case ValueType.TensorType t -> "no dense tensor";
                    case ValueType.UnknownType u -> "no dense tensor";
                })
                .orElse("no dense tensor");
    }

    static List<List<String>> batches(Analysis analysis, List<String> names) {
        List<List<String>> batches = new ArrayList<>();
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (Value v : analysis.model().graph().values()) {
            bytes.put(v.name(), CostContext.bytes(analysis.type(v.id())).fixed().orElse(MOST_BYTES));
        }
        long sum = 0;
        for (String name : names) {
            long own = bytes.getOrDefault(name, MOST_BYTES);
            if (batches.isEmpty() || sum + own > MOST_BYTES) {
                batches.add(new ArrayList<>());
                sum = 0;
            }
            batches.getLast().add(name);
            sum += own;
        }
        return batches;
    }

    /// The model with these among its outputs.
    static Model giving(Analysis analysis, List<String> names) {
        Graph graph = analysis.model().graph();
        Map<String, ValueId> ids = new HashMap<>();
        graph.values().forEach(v -> ids.putIfAbsent(v.name(), v.id()));
        Set<ValueId> outputs = new LinkedHashSet<>(graph.outputs());
        Editor editor = graph.edit();
        for (String name : names) {
            ValueId id = ids.getOrDefault(name, ValueId.ABSENT);
            if (id.isPresent() && outputs.add(id)) {
                editor.declare(id, analysis.type(id));
            }
        }
        editor.setOutputs(List.copyOf(outputs));
        return analysis.model().withGraph(editor.commit());
    }
}
