package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our inference beside the standard's own: what that knows of a value of the standard's test models or of real ones,
/// ours knows too and says the same. Every model is looked at as it is, and with its declared types taken away; names
/// for extents count as not known. All models with `-Pconformance`, else every 16th of the standard's.
class StandardInferenceTest {
    @TempDir
    private Path folder;

    /// What both know of one value.
    private record Found(String model, String copy, String place, ValueType theirs, ValueType ours, Fit fit) {
        String key() {
            return Exceptions.key(model, place);
        }

        boolean isWorse() {
            return fit == Fit.LESS || fit == Fit.CONTRADICTS;
        }
    }

    @Test
    void whateverTheStandardsInferenceKnowsOursKnows() throws Exception {
        StandardInference standard = StandardInference.of(models(), folder);
        List<Found> all = new ArrayList<>();
        Set<String> looked = new TreeSet<>();
        for (StandardInference.Copy copy : standard.copies()) {
            looked.add(name(copy.source()));
            compare(copy, all);
        }
        System.out.println(
                "the standard's inference, version " + standard.version() + ", on " + looked.size() + " models");
        for (String kind : List.of("as-is", "bare")) {
            System.out.print(table(
                    kind,
                    standard.copies().stream()
                            .filter(c -> c.kind().equals(kind))
                            .toList(),
                    all.stream().filter(f -> f.copy().equals(kind)).toList()));
        }
        List<Found> worse = all.stream().filter(Found::isWorse).toList();
        worse.forEach(f -> System.out.println("the standard's inference knows more of " + f));
        Exceptions.read("inference.exceptions")
                .check(worse.stream().map(Found::key).toList(), looked);
        assertThat(all).isNotEmpty();
    }

    private static String table(String kind, List<StandardInference.Copy> copies, List<Found> all) {
        return """
                | %s | both | only Lathe | only the standard's |
                |---|---|---|---|
                | models | %,d | %,d | 0 |
                | values whose rank is known, of %,d | %,d | %,d | %,d |
                | extents known as numbers | %,d | %,d | %,d |
                | values that contradict | %,d | | |
                """.formatted(
                kind.equals("bare") ? "declared types taken away" : "as they are",
                copies.stream().filter(c -> c.failure().isEmpty()).count(),
                copies.stream().filter(c -> c.failure().isPresent()).count(),
                all.size(),
                all.stream().filter(f -> rank(f.theirs()) & rank(f.ours())).count(),
                all.stream().filter(f -> !rank(f.theirs()) & rank(f.ours())).count(),
                all.stream().filter(f -> rank(f.theirs()) & !rank(f.ours())).count(),
                all.stream().mapToLong(f -> extents(f.theirs(), f.ours(), true)).sum(),
                all.stream()
                        .mapToLong(f -> extents(f.ours(), f.theirs(), false))
                        .sum(),
                all.stream()
                        .mapToLong(f -> extents(f.theirs(), f.ours(), false))
                        .sum(),
                all.stream().filter(f -> f.fit() == Fit.CONTRADICTS).count());
    }

    private static boolean rank(ValueType type) {
        return shape(type) instanceof Shape.Ranked;
    }

    /// How many extents `a` tells as numbers that `b` tells, too, or does not.
    private static long extents(ValueType a, ValueType b, boolean too) {
        List<Dim> x = shape(a) instanceof Shape.Ranked(List<Dim> dims) ? dims : List.of();
        List<Dim> y = shape(b) instanceof Shape.Ranked(List<Dim> dims) ? dims : List.of();
        return IntStream.range(0, x.size())
                .filter(i -> x.get(i) instanceof Dim.Fixed)
                .filter(i -> (i < y.size() && y.get(i) instanceof Dim.Fixed) == too)
                .count();
    }

    /// The shape of a tensor, or of those in a list or an optional value.
    private static Shape shape(ValueType type) {
        return switch (type) {
            case ValueType.SequenceType(ValueType element) -> shape(element);
            case ValueType.OptionalType(ValueType element) -> shape(element);
            case ValueType.TensorType t -> t.shape();
            case ValueType.SparseTensorType t -> t.shape();
            case ValueType.MapType m -> Shape.unranked();
            case ValueType.UnknownType u -> Shape.unranked();
        };
    }

    private static List<Path> models() throws IOException {
        int step = Integer.getInteger("lathe.conformance", 16);
        List<Path> all = StandardTestData.installed();
        List<Path> models = new ArrayList<>(IntStream.iterate(0, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList());
        models.addAll(Samples.sharedIfThere());
        return models;
    }

    private static String name(Path source) {
        return source.endsWith("model.onnx")
                ? StandardTestData.name(source)
                : source.getFileName().toString();
    }

    private static void compare(StandardInference.Copy copy, List<Found> all) throws LatheException {
        Model model = Formats.open(copy.file(), JobContext.quiet());
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        Map<String, ValueId> places = new LinkedHashMap<>();
        places(model.graph(), "", places);
        places.forEach((place, id) -> {
            ValueType ours = analysis.type(id);
            ValueType theirs = copy.types().getOrDefault(place, ValueType.unknown());
            all.add(new Found(name(copy.source()), copy.kind(), place, theirs, ours, Fit.of(theirs, ours)));
        });
    }

    /// Every value with its name after what leads into the graph that has it.
    private static void places(Graph graph, String prefix, Map<String, ValueId> places) {
        graph.inputs().forEach(i -> places.put(prefix + graph.nameOf(i), i));
        graph.initializers().keySet().forEach(i -> places.put(prefix + graph.nameOf(i), i));
        for (Node node : graph.nodes()) {
            List<ValueId> outputs =
                    node.outputs().stream().filter(ValueId::isPresent).toList();
            outputs.forEach(o -> places.put(prefix + graph.nameOf(o), o));
            String first = outputs.isEmpty() ? "" : graph.nameOf(outputs.getFirst());
            for (Attrs.Entry e : node.attrs().entries()) {
                if (e.value() instanceof Attr.GraphAttr(Graph body)) {
                    places(body, prefix + first + "/" + e.name() + "/", places);
                }
            }
        }
    }
}
