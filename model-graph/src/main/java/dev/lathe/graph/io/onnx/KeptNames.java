package dev.lathe.graph.io.onnx;

import dev.lathe.graph.Extra;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Names of tensors in fields that are kept in wire form: sparse initializers, quantization annotations and
/// further declarations of a graph, sharding specifications of a node.
public final class KeptNames {
    private static final int QUANTIZATION_ANNOTATION = 14;

    /// Fields from the GraphProto down to a name: TensorAnnotation.tensor_name, the values of its
    /// quant_parameter_tensor_names, SparseTensorProto.values.name.
    private static final List<List<Integer>> IN_GRAPH = List.of(
            List.of(Proto.GraphField.OUTPUT, Proto.ValueField.NAME),
            List.of(Proto.GraphField.VALUE_INFO, Proto.ValueField.NAME),
            List.of(Proto.GraphField.INITIALIZER, Proto.TensorField.NAME),
            List.of(Proto.GraphField.NODE, Proto.NodeField.OUTPUT),
            List.of(QUANTIZATION_ANNOTATION, 1),
            List.of(QUANTIZATION_ANNOTATION, 2, Proto.EntryField.VALUE),
            List.of(Proto.GraphField.SPARSE_INITIALIZER, Proto.SparseField.VALUES, Proto.TensorField.NAME));

    /// Fields that define a tensor.
    private static final Set<Integer> MADE =
            Set.of(Proto.GraphField.SPARSE_INITIALIZER, Proto.GraphField.INITIALIZER, Proto.GraphField.NODE);

    /// NodeProto.device_configurations.sharding_spec.tensor_name.
    private static final List<List<Integer>> IN_NODE = List.of(List.of(10, 2, 1));

    private KeptNames() {}

    /// Names of the constants that a graph has more than once; one of them counts, the others are kept.
    public static Set<String> constantsTwice(Extra graph) {
        Set<String> twice = new TreeSet<>(names(ExtraScan.only(graph, Proto.GraphField.INITIALIZER, true)));
        twice.addAll(names(ExtraScan.only(graph, Proto.GraphField.NODE, true)));
        return twice;
    }

    /// Names of the sparse constants that a graph has more than once: no such model loads anywhere.
    public static Set<String> sparseTwice(Extra graph) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        visit(ExtraScan.only(graph, Proto.GraphField.SPARSE_INITIALIZER, true), n -> {
            if (!once.add(n)) {
                twice.add(n);
            }
        });
        return twice;
    }

    /// The kept fields of a graph with other names; the same instance when none changes.
    public static Extra renamedInGraph(Extra graph, UnaryOperator<String> name) {
        return renamed(graph, IN_GRAPH, name);
    }

    /// The kept fields of a node with other names; the same instance when none changes.
    public static Extra renamedInNode(Extra node, UnaryOperator<String> name) {
        return renamed(node, IN_NODE, name);
    }

    /// Names of the sparse constants that a graph has, in the order of the file.
    public static Set<String> sparse(Extra graph) {
        return names(ExtraScan.only(graph, Proto.GraphField.SPARSE_INITIALIZER, true));
    }

    /// The kept fields of a graph without those that name a tensor that is not `there`, or define one that is
    /// not `made` there.
    public static Extra onlyOf(Extra graph, Predicate<String> there, Predicate<String> made) {
        if (graph.isEmpty()) {
            return graph;
        }
        ExtraFields kept = new ExtraFields();
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(graph.wire()));
            while (r.next()) {
                Predicate<String> wanted = MADE.contains(r.field()) ? made : there;
                byte[] whole = r.copy(r.skipWhole());
                if (names(Extra.of(whole)).stream().allMatch(wanted)) {
                    kept.add(whole);
                }
            }
        } catch (WireFault f) {
            throw unreadable(f);
        }
        return kept.done();
    }

    /// The kept fields of a graph without what they declare of an output of this name; the same instance when they
    /// declare nothing of it.
    public static Extra withoutOutput(Extra graph, String name) {
        if (!ExtraScan.has(graph, Proto.GraphField.OUTPUT)) {
            return graph;
        }
        ExtraFields kept = new ExtraFields();
        boolean all = true;
        try {
            WireReader r = WireReader.of(MemorySegment.ofArray(graph.wire()));
            while (r.next()) {
                boolean output = r.field() == Proto.GraphField.OUTPUT;
                byte[] whole = r.copy(r.skipWhole());
                if (output && names(Extra.of(whole)).contains(name)) {
                    all = false;
                } else {
                    kept.add(whole);
                }
            }
        } catch (WireFault f) {
            throw unreadable(f);
        }
        return all ? graph : kept.done();
    }

    /// The fields of both.
    public static Extra joined(Extra first, Extra second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        ExtraFields all = new ExtraFields();
        all.add(first.wire());
        all.add(second.wire());
        return all.done();
    }

    /// Whether the kept fields of a model say how it is trained.
    public static boolean trains(Extra model) {
        return ExtraScan.has(model, Proto.ModelField.TRAINING_INFO);
    }

    /// One of these names that what a model says about its training has somewhere.
    public static Optional<String> trainingNames(Extra model, Collection<String> tensors) {
        if (tensors.isEmpty() || !trains(model)) {
            return Optional.empty();
        }
        Extra training = ExtraScan.only(model, Proto.ModelField.TRAINING_INFO, true);
        return new NamesInBytes(tensors.stream().filter(n -> !n.isEmpty()).toList()).firstIn(training.wire());
    }

    private static Set<String> names(Extra graph) {
        Set<String> found = new LinkedHashSet<>();
        visit(graph, found::add);
        return found;
    }

    private static void visit(Extra graph, Consumer<String> name) {
        Extra unused = renamed(graph, IN_GRAPH, n -> {
            name.accept(n);
            return n;
        });
    }

    private static Extra renamed(Extra extra, List<List<Integer>> paths, UnaryOperator<String> name) {
        if (extra.isEmpty()) {
            return extra;
        }
        byte[] before = extra.wire();
        try {
            byte[] after = renamed(before, paths, name);
            return Arrays.equals(before, after) ? extra : Extra.of(after);
        } catch (WireFault f) {
            throw unreadable(f);
        }
    }

    private static byte[] renamed(byte[] message, List<List<Integer>> paths, UnaryOperator<String> name)
            throws WireFault {
        ExtraFields out = new ExtraFields();
        WireReader r = WireReader.of(MemorySegment.ofArray(message));
        while (r.next()) {
            int field = r.field();
            boolean bytes = r.isBytes();
            byte[] whole = r.copy(r.skipWhole());
            List<List<Integer>> further = paths.stream()
                    .filter(p -> p.getFirst() == field)
                    .map(p -> p.subList(1, p.size()))
                    .toList();
            out.add(further.isEmpty() || !bytes ? whole : changed(whole, field, further, name));
        }
        return out.done().wire();
    }

    private static byte[] changed(byte[] whole, int field, List<List<Integer>> further, UnaryOperator<String> name)
            throws WireFault {
        WireReader again = WireReader.of(MemorySegment.ofArray(whole));
        if (!again.next()) {
            return whole;
        }
        byte[] content = again.bytes();
        byte[] next;
        if (further.stream().anyMatch(List::isEmpty)) {
            String old = new String(content, StandardCharsets.UTF_8);
            String wanted = name.apply(old);
            next = wanted.equals(old) ? content : wanted.getBytes(StandardCharsets.UTF_8);
        } else {
            try {
                next = renamed(content, further, name);
            } catch (WireFault f) {
                // Not what the standard says it is: then it names nothing either.
                next = content;
            }
        }
        return Arrays.equals(content, next)
                ? whole
                : new WireWriter().bytes(field, next).toByteArray();
    }

    static IllegalStateException unreadable(WireFault f) {
        return new IllegalStateException("fields that were read before are no longer readable", f);
    }
}
