package dev.lathe.app.graph;

import dev.lathe.core.JobContext;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.Scene;

/// Measures what the canvas costs: tree, layout and one painted frame, collapsed and with everything open,
/// for synthetic graphs of 10,000 and 100,000 nodes and for the model files named on the command line. Each
/// figure is the median of three after two warm-ups; "cold" is the very first.
public final class CanvasBench {
    private static final int RUNS = 5;

    private CanvasBench() {}

    public static void main(String[] files) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        for (String f : files) {
            var model = Formats.open(Path.of(f), JobContext.quiet());
            measure(f.substring(f.lastIndexOf('/') + 1), Analysis.of(model, DimBindings.NONE, JobContext.quiet()));
        }
        measure("10,000 nodes in blocks", Sketch.blocks(1_667).analysis());
        measure("100,000 nodes in blocks", Sketch.blocks(16_667).analysis());
        measure("100,000 nameless nodes", Sketch.nameless(100_000).analysis());
        Platform.startup(() -> {
            try {
                paint("10,000 nodes in blocks, all open", Sketch.blocks(1_667).analysis());
                paint("100,000 nodes in blocks, all open", Sketch.blocks(16_667).analysis());
            } finally {
                done.countDown();
            }
        });
        done.await();
        Platform.exit();
    }

    private static void measure(String what, Analysis a) {
        double[] tree = new double[RUNS];
        double[] layout = new double[RUNS];
        int boxes = 0;
        for (int i = 0; i < RUNS; i++) {
            long t = System.nanoTime();
            ScopeTree made = ScopeTree.of(a.model().graph());
            long u = System.nanoTime();
            boxes = GraphScene.of(a, Optional.of(made), Set.of(), "")
                    .layout()
                    .boxes()
                    .size();
            tree[i] = (u - t) / 1e6;
            layout[i] = (System.nanoTime() - u) / 1e6;
        }
        System.out.printf(
                "%-34s tree %7.1f ms (cold %.0f), layout %7.1f ms (cold %.0f), %d boxes%n",
                what, median(tree), tree[0], median(layout), layout[0], boxes);
    }

    private static void paint(String what, Analysis a) {
        GraphViewModel model = new GraphViewModel(Runnable::run, Runnable::run);
        GraphView view = new GraphView(model);
        view.reduceMotion(true);
        model.show(a);
        Set<String> all = new HashSet<>();
        collect(model.tree().orElseThrow().root(), all);
        long t = System.nanoTime();
        model.expandAll(all);
        double layout = (System.nanoTime() - t) / 1e6;
        Scene scene = new Scene(view, 1600, 1000);
        view.applyCss();
        view.resize(1600, 1000);
        view.layout();
        for (double zoom : new double[] {1, 0.3, 0.05}) {
            view.camera(new Camera(0, 0, zoom));
            double[] frame = new double[RUNS];
            for (int i = 0; i < RUNS; i++) {
                view.camera(view.camera().moved(3, -7));
                long f = System.nanoTime();
                view.paint(1);
                scene.snapshot(null);
                frame[i] = (System.nanoTime() - f) / 1e6;
            }
            System.out.printf(
                    "%-34s layout %.0f ms, %d boxes, zoom %.2f: frame %.1f ms%n",
                    what, layout, view.scene().orElseThrow().layout().boxes().size(), zoom, median(frame));
        }
    }

    private static void collect(ScopeTree.Scope s, Set<String> into) {
        s.items().forEach(i -> {
            if (i instanceof ScopeTree.Scope c && !c.isLayer()) {
                into.add(c.path());
                collect(c, into);
            }
        });
    }

    private static double median(double[] v) {
        double[] s = Arrays.copyOfRange(v, 2, v.length);
        Arrays.sort(s);
        return s[s.length / 2];
    }
}
