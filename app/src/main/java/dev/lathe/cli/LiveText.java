package dev.lathe.cli;

import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `--live` of `lathe run`: what a model does while it runs. On a terminal one picture that changes; in a file or pipe
/// a line a second.
final class LiveText {
    private static final Duration EACH = Duration.ofSeconds(1);
    private static final int LAYERS = 12;
    private static final int BAR = 24;
    private static final String UP = "\033[%dA\033[J";

    private final PrintWriter out;
    private final boolean redraws;
    private final Map<NodeId, String> names = new HashMap<>();
    private final Map<NodeId, String> ops = new HashMap<>();
    private Duration told = EACH.negated();
    private int drawn;

    /// @param redraws whether `out` is a terminal that takes cursor movements
    LiveText(Graph graph, PrintWriter out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
        for (NodePlace p : NodePlace.all(graph)) {
            names.put(p.node().id(), p.shownName());
            ops.put(p.node().id(), p.node().qualifiedOp());
        }
    }

    /// Called on a thread of the profiler.
    void show(LiveSample s) {
        if (!redraws) {
            if (s.at().minus(told).compareTo(EACH) >= 0) {
                told = s.at();
                out.println(line(s));
                out.flush();
            }
            return;
        }
        List<String> lines = picture(s);
        if (drawn > 0) {
            out.print(String.format(UP, drawn));
        }
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    private static String line(LiveSample s) {
        return String.format(
                Locale.ROOT,
                "%6.1f s  %s%s runs  p50 %s  p90 %s  %.1f per second  %.2f cores  %s  profiler %.1f %%",
                s.at().toMillis() / 1e3,
                Amounts.count(s.runsDone()),
                s.runsPlanned() > 0 ? " of " + Amounts.count(s.runsPlanned()) : "",
                Amounts.millis(s.soFar().p50()),
                Amounts.millis(s.soFar().p90()),
                s.throughputPerSecond(),
                s.workerCpu(),
                Amounts.bytes(s.memory().residentBytes()),
                s.profilerOverheadPercent());
    }

    private List<String> picture(LiveSample s) {
        List<Map.Entry<NodeId, OpStats>> slowest = s.layers().entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<NodeId, OpStats> e) -> e.getValue().typical())
                        .reversed())
                .limit(LAYERS)
                .toList();
        List<String> lines = new java.util.ArrayList<>(List.of(line(s)));
        double most = slowest.isEmpty()
                ? 1
                : Math.max(1e-9, slowest.getFirst().getValue().share());
        for (Map.Entry<NodeId, OpStats> e : slowest) {
            String name = names.getOrDefault(e.getKey(), "");
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-40s %-16s %12s %6s  %s",
                    name.length() <= 40 ? name : "…" + name.substring(name.length() - 39),
                    ops.getOrDefault(e.getKey(), ""),
                    (e.getValue().estimate() ? "~" : "")
                            + Amounts.time(e.getValue().typical()),
                    Amounts.share(e.getValue().share()),
                    "█".repeat((int) Math.round(BAR * e.getValue().share() / most))));
        }
        return lines;
    }
}
