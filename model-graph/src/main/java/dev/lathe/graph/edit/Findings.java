package dev.lathe.graph.edit;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.Place;
import dev.lathe.core.Severity;
import dev.lathe.graph.Function;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.verify.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is wrong with one state of a model. A finding is known again in another state by what it says and
/// by the ids of the nodes and tensors that it is about, whatever they are called there.
final class Findings {
    /// A warning, since some runtimes take it; nobody who edits a model wants it.
    private static final String CONTRADICTION = "shape-contradiction";

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    /// @param about ids of what is at its place
    /// @param meant the message with ids for names
    private record Finding(Diagnostic diagnostic, TreeSet<String> about, String meant) {
        /// Another finding can only be the same one where it has one of these, too.
        List<Object> places() {
            List<Object> places = new ArrayList<>(about);
            places.add(diagnostic.place());
            return places;
        }

        boolean isThatOf(Finding other) {
            if (!diagnostic.code().equals(other.diagnostic.code())) {
                return false;
            }
            boolean here = diagnostic.place().equals(other.diagnostic.place())
                    || !about.isEmpty() && other.about.containsAll(about);
            // A contradiction that stays has other numbers once a size is declared.
            return here
                    && (diagnostic.code().equals(CONTRADICTION)
                            || diagnostic.message().equals(other.diagnostic.message())
                            || meant.equals(other.meant));
        }
    }

    /// By their place, and by each id that they are about: a model may have thousands of one kind.
    private final Map<Object, List<Finding>> byPlace = new HashMap<>();

    private final List<Finding> all;

    private Findings(List<Finding> all) {
        this.all = all;
        for (Finding f : all) {
            f.places()
                    .forEach(p ->
                            byPlace.computeIfAbsent(p, k -> new ArrayList<>()).add(f));
        }
    }

    /// Errors, and shapes that contradict each other.
    static Findings of(Model model, JobContext context) {
        List<Diagnostic> wrong = Verifier.of(model, Inference.of(model, context), context).stream()
                .filter(d -> d.severity() == Severity.ERROR || d.code().equals(CONTRADICTION))
                .toList();
        Map<String, TreeSet<String>> ids = ids(model, wrong);
        return new Findings(wrong.stream()
                .map(d -> new Finding(d, about(d, ids), meant(d.message(), ids)))
                .toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// The first that is not there in `other`.
    Optional<Diagnostic> firstNotIn(Findings other) {
        return all.stream().filter(f -> !other.has(f)).map(Finding::diagnostic).findFirst();
    }

    /// Whether a finding of another state is there in this one, too.
    boolean has(Diagnostic diagnostic, Findings state) {
        return state.all.stream().filter(f -> f.diagnostic().equals(diagnostic)).anyMatch(this::has);
    }

    private boolean has(Finding finding) {
        return finding.places().stream()
                .flatMap(p -> byPlace.getOrDefault(p, List.of()).stream())
                .anyMatch(finding::isThatOf);
    }

    /// Ids of the nodes and tensors whose names the findings tell.
    private static Map<String, TreeSet<String>> ids(Model model, List<Diagnostic> findings) {
        Map<String, TreeSet<String>> ids = new HashMap<>();
        for (Diagnostic d : findings) {
            ids.putIfAbsent(name(d.place()), new TreeSet<>());
            QUOTED.matcher(d.message()).results().forEach(r -> ids.putIfAbsent(r.group(1), new TreeSet<>()));
        }
        ids.remove("");
        if (!ids.isEmpty()) {
            enter(model.graph(), ids);
            for (Function f : model.functions()) {
                enter(f.body(), ids);
            }
        }
        return ids;
    }

    private static void enter(Graph root, Map<String, TreeSet<String>> ids) {
        root.forEachGraph(g -> {
            g.nodes().forEach(n -> {
                if (ids.containsKey(n.shownName())) {
                    ids.get(n.shownName()).add("node " + n.id().index());
                }
            });
            g.values().forEach(v -> {
                if (ids.containsKey(v.name())) {
                    ids.get(v.name()).add("tensor " + v.id().index());
                }
            });
        });
    }

    private static String name(Place place) {
        return switch (place) {
            case Place.AtNode(String name, String op) -> name;
            case Place.AtValue(String name) -> name;
            default -> "";
        };
    }

    private static TreeSet<String> about(Diagnostic d, Map<String, TreeSet<String>> ids) {
        String kind = d.place() instanceof Place.AtNode ? "node " : "tensor ";
        TreeSet<String> about = new TreeSet<>(ids.getOrDefault(name(d.place()), new TreeSet<>()));
        about.removeIf(id -> !id.startsWith(kind));
        return about;
    }

    private static String meant(String message, Map<String, TreeSet<String>> ids) {
        return QUOTED.matcher(message)
                .replaceAll(r -> Matcher.quoteReplacement("'"
                        + Optional.ofNullable(ids.get(r.group(1)))
                                .filter(i -> !i.isEmpty())
                                .map(Object::toString)
                                .orElse(r.group(1))
                        + "'"));
    }
}
