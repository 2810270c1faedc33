package dev.lathe.profile.compare;

import dev.lathe.core.JobContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Two measurements layer by layer. Layers are matched by name; where either engine fused some, these are compared
/// together, because how a fused kernel's time is shared out is only reckoned.
///
/// @param otherConditions what differs in how the two were made, as `name: a / b`
/// @param latency of whole runs
/// @param groups layers of both, the largest loss of time first; then what only one of them has
public record RunComparison(
        RunRecord before, RunRecord after, List<String> otherConditions, Difference latency, List<Group> groups) {
    /// Layers that are compared together. Empty `change`: only one of the measurements has them, with `before` or
    /// `after` ms.
    ///
    /// @param estimate whether one of the times is one: then no number of runs tells how sure a change is
    public record Group(
            List<String> layers,
            String op,
            double before,
            double after,
            Optional<Difference> change,
            boolean estimate) {
        public Group {
            layers = List.copyOf(layers);
        }

        /// In ms; above 0: it became slower.
        public double loss() {
            return after - before;
        }
    }

    /// So many runs, and profiled runs for layers, each measurement needs for an interval.
    public static final int RUNS_FOR_INTERVAL = Bootstrap.LEAST;

    public RunComparison {
        otherConditions = List.copyOf(otherConditions);
        groups = List.copyOf(groups);
    }

    public static RunComparison of(RunRecord before, RunRecord after) {
        return of(before, after, JobContext.quiet());
    }

    /// @throws dev.lathe.core.JobCancelledException when the job was cancelled
    public static RunComparison of(RunRecord before, RunRecord after, JobContext job) {
        Map<String, RunRecord.Layer> a = byName(before);
        Map<String, RunRecord.Layer> b = byName(after);
        Together together = new Together();
        a.keySet().forEach(together::add);
        b.keySet().forEach(together::add);
        fused(before, together);
        fused(after, together);
        boolean doubted = before.unsteady().or(after::unsteady).isPresent();
        List<Group> groups = new ArrayList<>();
        List<List<String>> all = together.groups();
        for (List<String> names : all) {
            job.checkCancelled();
            job.progress((double) groups.size() / all.size(), "comparing layers");
            groups.add(group(names, a, b, doubted));
        }
        groups.sort(Comparator.comparing((Group g) -> g.change().isEmpty()).thenComparing(g -> -g.loss()));
        Difference latency = Bootstrap.of(before.runTimes(), after.runTimes());
        return new RunComparison(before, after, conditions(before, after), latency.doubted(doubted), groups);
    }

    private static Map<String, RunRecord.Layer> byName(RunRecord run) {
        Map<String, RunRecord.Layer> all = new LinkedHashMap<>();
        run.layers().forEach(l -> all.putIfAbsent(l.name(), l));
        return all;
    }

    /// Layers that one kernel covers.
    private static void fused(RunRecord run, Together together) {
        Map<String, String> first = new HashMap<>();
        for (RunRecord.Layer l : run.layers()) {
            for (String kernel : l.kernels()) {
                String other = first.putIfAbsent(kernel, l.name());
                if (other != null) {
                    together.join(other, l.name());
                }
            }
        }
    }

    private static Group group(
            List<String> names, Map<String, RunRecord.Layer> a, Map<String, RunRecord.Layer> b, boolean doubted) {
        double before = typical(names, a);
        double after = typical(names, b);
        // What an engine removed took nothing: no part of that can be told.
        boolean inBoth = before > 0 && after > 0
                || before == 0
                        && after == 0
                        && names.stream().anyMatch(a::containsKey)
                        && names.stream().anyMatch(b::containsKey);
        boolean estimate = Stream.of(a, b)
                .anyMatch(run -> names.stream()
                        .anyMatch(n -> run.containsKey(n) && run.get(n).estimate()));
        Optional<Difference> change = inBoth
                ? Optional.of((estimate
                                ? new Difference(before, after, Double.NaN, Double.NaN)
                                : Bootstrap.around(before, after, times(names, a), times(names, b)))
                        .doubted(doubted))
                : Optional.empty();
        String op = names.stream()
                .map(n -> a.containsKey(n) ? a.get(n) : b.get(n))
                .max(Comparator.comparingDouble(l -> l == null ? 0 : l.typical()))
                .map(RunRecord.Layer::op)
                .orElse("");
        return new Group(names, op, before, after, change, estimate);
    }

    private static double typical(List<String> names, Map<String, RunRecord.Layer> layers) {
        return names.stream()
                .map(layers::get)
                .mapToDouble(l -> l == null ? 0 : l.typical())
                .sum();
    }

    /// Run by run, all layers together.
    private static List<Double> times(List<String> names, Map<String, RunRecord.Layer> layers) {
        double[] sums = new double[0];
        for (String name : names) {
            RunRecord.Layer l = layers.get(name);
            if (l != null && !l.times().isEmpty()) {
                sums = sums.length == 0 ? new double[l.times().size()] : sums;
                for (int i = 0; i < Math.min(sums.length, l.times().size()); i++) {
                    sums[i] += l.times().get(i);
                }
            }
        }
        return java.util.Arrays.stream(sums).boxed().toList();
    }

    private static List<String> conditions(RunRecord a, RunRecord b) {
        TreeSet<String> names = new TreeSet<>(a.conditions().keySet());
        names.addAll(b.conditions().keySet());
        return names.stream()
                .filter(n -> !a.conditions()
                        .getOrDefault(n, "")
                        .equals(b.conditions().getOrDefault(n, "")))
                .map(n -> n + ": " + a.conditions().getOrDefault(n, "unknown") + " / "
                        + b.conditions().getOrDefault(n, "unknown"))
                .toList();
    }
}
