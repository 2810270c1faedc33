package dev.lathe.app.graph;

import dev.lathe.app.project.ColourBy;
import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import dev.lathe.profile.OpStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javax.imageio.ImageIO;

/// Draws the canvas with a model into a picture, for looking at it while developing: `CanvasPicture MODEL
/// OUT.png [light] [open=PATH]… [by=FLOPS] [times] [split=N] [select=PATH] [zoom=Z] [size=WxH]`. With
/// `times` the layer times are made up from the operators; they show colours, not costs.
public final class CanvasPicture {
    private CanvasPicture() {}

    public static void main(String[] args) throws Exception {
        var model = Formats.open(Path.of(args[0]), JobContext.quiet());
        Map<String, Long> sizes = new HashMap<>();
        model.graph().inputs().forEach(i -> {
            if (model.graph().value(i).orElseThrow().declared().shape() instanceof dev.lathe.graph.Shape.Ranked r) {
                r.dims().forEach(d -> {
                    if (d instanceof dev.lathe.graph.Dim.Symbol(String name)) {
                        sizes.put(name, name.contains("batch") ? 1L : 128L);
                    }
                });
            }
        });
        Analysis analysis = Analysis.of(model, new DimBindings(sizes), JobContext.quiet());
        GraphViewModel vm = new GraphViewModel(Runnable::run, Runnable::run);
        CountDownLatch done = new CountDownLatch(1);
        Platform.startup(() -> {
            try {
                GraphView view = new GraphView(vm);
                view.reduceMotion(true);
                double w = 1000;
                double h = 820;
                double zoom = 0;
                vm.colourBy(ColourBy.TIME);
                vm.show(analysis);
                for (int i = 2; i < args.length; i++) {
                    String a = args[i];
                    String v = a.substring(a.indexOf('=') + 1);
                    if (a.equals("light")) {
                        view.theme(false);
                    } else if (a.startsWith("open=")) {
                        vm.expand(v);
                    } else if (a.startsWith("by=")) {
                        vm.colourBy(ColourBy.valueOf(v));
                    } else if (a.equals("times")) {
                        vm.layers(made(analysis));
                    } else if (a.startsWith("split=")) {
                        vm.placement(Optional.of(split(analysis, Integer.parseInt(v))));
                        vm.colourBy(ColourBy.STAGE);
                    } else if (a.startsWith("zoom=")) {
                        zoom = Double.parseDouble(v);
                    } else if (a.startsWith("size=")) {
                        w = Double.parseDouble(v.split("x")[0]);
                        h = Double.parseDouble(v.split("x")[1]);
                    }
                }
                Scene scene = new Scene(view, w, h);
                view.applyCss();
                view.layout();
                for (String a : args) {
                    if (a.startsWith("select=")) {
                        vm.tree()
                                .orElseThrow()
                                .scope(a.substring(7))
                                .ifPresent(s -> vm.reveal(
                                        s.isLayer()
                                                ? new dev.lathe.app.project.Selection.OfNode(
                                                        s.head().orElseThrow())
                                                : new dev.lathe.app.project.Selection.OfScope(s.path())));
                    }
                    if (a.equals("fit")) {
                        vm.fit();
                    }
                }
                if (zoom > 0) {
                    view.camera(view.camera().zoomed(zoom / view.camera().zoom(), w / 2, h / 2));
                }
                long t = System.nanoTime();
                view.paint(1);
                System.out.printf(
                        "paint %.1f ms, %d boxes%n",
                        (System.nanoTime() - t) / 1e6,
                        view.scene().orElseThrow().layout().boxes().size());
                ImageIO.write(
                        SwingFXUtils.fromFXImage(scene.getRoot().snapshot(new SnapshotParameters(), null), null),
                        "png",
                        Path.of(args[1]).toFile());
            } catch (Exception | Error e) {
                e.printStackTrace();
            } finally {
                done.countDown();
            }
        });
        done.await();
        System.exit(0);
    }

    static Map<NodeId, OpStats> made(Analysis a) {
        Map<NodeId, Double> cost = new HashMap<>();
        double sum = 0;
        for (Node n : a.model().graph().nodes()) {
            double c = 20;
            for (var in : n.inputs()) {
                c += a.model()
                                .graph()
                                .initializer(in)
                                .map(t -> t.dtype() == DType.FLOAT32 ? t.elements() : 10)
                                .orElse(0L)
                        / (n.op().equals("Gather") ? 1e5 : 600.0);
            }
            cost.put(n.id(), c);
            sum += c;
        }
        Map<NodeId, OpStats> out = new HashMap<>();
        for (var e : cost.entrySet()) {
            Duration d = Duration.ofNanos((long) (e.getValue() * 1000));
            out.put(
                    e.getKey(),
                    new OpStats(d, d, d, e.getValue() / sum, "CPUExecutionProvider", List.of("k"), false, 10));
        }
        return out;
    }

    static Placement split(Analysis a, int n) {
        List<Node> nodes = a.model().graph().nodes();
        List<Stage> stages = new ArrayList<>();
        for (int s = 0; s < n; s++) {
            Set<NodeId> of = new HashSet<>();
            for (int i = nodes.size() * s / n; i < nodes.size() * (s + 1) / n; i++) {
                of.add(nodes.get(i).id());
            }
            stages.add(new Stage(
                    s,
                    new Device(
                            "cpu:" + s, "core " + s, DeviceKind.CPU_GROUP, List.of(s), OptionalLong.empty(), List.of()),
                    of));
        }
        return new Placement(stages);
    }
}
