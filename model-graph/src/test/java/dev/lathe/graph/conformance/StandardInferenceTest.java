package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our inference beside the standard's own: what that knows of a value, ours knows too and says the same.
class StandardInferenceTest {
    @TempDir
    private Path folder;

    private record Found(String model, String copy, String place, ValueType theirs, ValueType ours, Fit fit) {}

    @Test
    void whateverTheStandardsInferenceKnowsIsKnown() throws Exception {
        StandardInference standard = StandardInference.of(models(), folder);
        List<Found> all = new ArrayList<>();
        for (StandardInference.Copy copy : standard.copies()) {
            compare(copy, all);
        }
        for (String kind : List.of("as-is", "bare")) {
            List<Found> of = all.stream().filter(f -> f.copy().equals(kind)).toList();
            System.out.println(kind + " " + of.size() + " "
                    + of.stream().collect(Collectors.groupingBy(Found::fit, Collectors.counting())));
        }
        all.stream()
                .filter(f -> f.fit() == Fit.LESS || f.fit() == Fit.CONTRADICTS)
                .forEach(System.out::println);
        assertThat(all)
                .filteredOn(f -> f.fit() == Fit.LESS || f.fit() == Fit.CONTRADICTS)
                .isEmpty();
    }

    private static List<Path> models() throws IOException {
        int step = Integer.getInteger("lathe.conformance", 16);
        List<Path> all = StandardTestData.installed();
        List<Path> models = new ArrayList<>(IntStream.iterate(0, i -> i < all.size(), i -> i + step)
                .mapToObj(all::get)
                .toList());
        models.addAll(dev.lathe.graph.io.Samples.shared());
        return models;
    }

    private static void compare(StandardInference.Copy copy, List<Found> all) throws LatheException {
        Model model = Formats.open(copy.file(), JobContext.quiet());
        Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        Map<String, ValueId> places = new LinkedHashMap<>();
        places(model.graph(), "", places);
        String name = copy.source().toString();
        places.forEach((place, id) -> {
            ValueType ours = analysis.type(id);
            ValueType theirs = copy.types().getOrDefault(place, ValueType.unknown());
            all.add(new Found(name, copy.kind(), place, theirs, ours, Fit.of(theirs, ours)));
        });
        copy.types().keySet().stream()
                .filter(p -> !places.containsKey(p))
                .forEach(p -> System.out.println("no place " + p + " in " + name));
    }

    private static void places(Graph graph, String prefix, Map<String, ValueId> places) {
        graph.inputs().forEach(i -> places.put(prefix + graph.nameOf(i), i));
        graph.initializers().keySet().forEach(i -> places.put(prefix + graph.nameOf(i), i));
        for (Node node : graph.nodes()) {
            node.outputs().stream().filter(ValueId::isPresent).forEach(o -> places.put(prefix + graph.nameOf(o), o));
            String first = node.outputs().stream()
                    .filter(ValueId::isPresent)
                    .findFirst()
                    .map(graph::nameOf)
                    .orElse("");
            for (Attrs.Entry e : node.attrs().entries()) {
                if (e.value() instanceof Attr.GraphAttr(Graph body)) {
                    places(body, prefix + first + "/" + e.name() + "/", places);
                }
            }
        }
    }
}
