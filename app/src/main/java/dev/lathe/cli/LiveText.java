package dev.lathe.cli;

import dev.lathe.core.OneLine;
import dev.lathe.graph.Graph;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.NodePlace;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.OpStats;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `--live` of `lathe run`: what a model does while it runs. On a terminal one picture that changes; in a file or pipe
/// a line a second.
final class LiveText {
    private static final Duration EACH = Duration.ofSeconds(1);
    private static final int LAYERS = 12;
    private static final int BAR = 24;
    private static final int LEAST_NAME = 10;
    private static final int MOST_NAME = 40;

    /// Of a layer's line, all but its name and its bar.
    private static final int REST = 42;

    private static final String UP = "\033[%dA\033[J";

    private final PrintWriter out;
    private final Optional<Supplier<TerminalSize>> terminal;
    private final Map<NodeId, String> names = new HashMap<>();
    private final Map<NodeId, String> ops = new HashMap<>();
    private Duration told = EACH.negated();
    private int drawn;
    private boolean warmed;
    private Optional<TerminalSize> size = Optional.empty();

    /// @param terminal the size of the terminal that `out` is, asked each time it is drawn anew; empty where it is none
    LiveText(Graph graph, PrintWriter out, Optional<Supplier<TerminalSize>> terminal) {
        this.out = out;
        this.terminal = terminal;
        for (NodePlace p : NodePlace.all(graph)) {
            names.put(p.node().id(), OneLine.of(p.shownName()));
            ops.put(p.node().id(), p.node().qualifiedOp());
        }
    }

    /// Called on a thread of the profiler.
    void show(LiveSample s) {
        if (terminal.isEmpty()) {
            // The warm-up is said once; the first counted runs are told at once, however few there will be.
            boolean warming = s.runsDone() == 0;
            if (warming ? !warmed : s.at().minus(told).compareTo(EACH) >= 0) {
                warmed = true;
                told = warming ? told : s.at();
                out.println(line(s));
                out.flush();
            }
            return;
        }
        if (size.isEmpty() || s.at().minus(told).compareTo(EACH) >= 0) {
            told = s.at();
            size = terminal.map(Supplier::get);
        }
        List<String> lines = picture(s, size.orElse(TerminalSize.USUAL));
        if (drawn > 0) {
            out.print(String.format(UP, drawn));
        }
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    private static String line(LiveSample s) {
        if (s.runsDone() == 0) {
            return s.soFar().runs() == 0
                    ? "         warming up"
                    : "         warming up, p50 " + Amounts.millis(s.soFar().p50());
        }
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

    /// No wider than the terminal, or its lines would break, and no higher: what has left it cannot be drawn over.
    private List<String> picture(LiveSample s, TerminalSize on) {
        int columns = on.columns() - 1;
        int name = Math.clamp((columns - REST) * 2L / 3, LEAST_NAME, MOST_NAME);
        int bar = Math.clamp(columns - REST - name, 0, BAR);
        List<Map.Entry<NodeId, OpStats>> slowest = s.layers().entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<NodeId, OpStats> e) -> e.getValue().typical())
                        .reversed())
                .limit(Math.clamp(on.rows() - 2, 0, LAYERS))
                .toList();
        List<String> lines = new ArrayList<>(List.of(cut(line(s), columns)));
        double most = slowest.isEmpty()
                ? 1
                : Math.max(1e-9, slowest.getFirst().getValue().share());
        for (Map.Entry<NodeId, OpStats> e : slowest) {
            String row = String.format(
                    Locale.ROOT,
                    "  %-" + name + "s %-16s %12s %6s  %s",
                    LayerText.tail(names.getOrDefault(e.getKey(), ""), name),
                    cut(ops.getOrDefault(e.getKey(), ""), 16),
                    (e.getValue().estimate() ? "~" : "")
                            + Amounts.time(e.getValue().typical()),
                    Amounts.share(e.getValue().share()),
                    "█".repeat((int) Math.round(bar * e.getValue().share() / most)));
            lines.add(cut(row, columns));
        }
        return lines;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
