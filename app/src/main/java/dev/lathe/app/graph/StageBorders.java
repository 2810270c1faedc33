package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.target.Placement;
import dev.lathe.graph.target.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Rectangle2D;
import javafx.scene.canvas.GraphicsContext;

/// The stages of a split model on the canvas: a band of colour behind each, a border between two with a
/// handle to drag it by, and while it is dragged a plate with what is to be expected.
final class StageBorders {
    static final double HANDLE_W = 44;
    static final double HANDLE_H = 22;

    /// A place where a border may stand: before the node at `cut` of the main graph's order.
    private record Candidate(int cut, double y) {}

    private final Brush b;
    private final GraphicsContext g;
    private final StagePlates plates;
    private final List<Double> borderY = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private List<Stage> stages = List.of();
    private List<Box> boxes = List.of();
    private StageWords words = StageWords.NONE;
    private double handleX;

    StageBorders(Brush brush) {
        b = brush;
        g = brush.g;
        plates = new StagePlates(brush);
    }

    void say(StageWords next) {
        words = next;
    }

    /// Learns where the borders lie in this scene; no borders without a placement of two stages or more.
    void update(Optional<GraphScene> scene, Optional<Placement> placement) {
        borderY.clear();
        candidates.clear();
        stages = placement.map(Placement::stages).orElse(List.of());
        if (scene.isEmpty() || stages.size() < 2) {
            stages = List.of();
            return;
        }
        GraphLayout layout = scene.get().layout();
        Map<NodeId, Integer> stageOf = new HashMap<>();
        stages.forEach(s -> s.nodes().forEach(n -> stageOf.put(n, s.index())));
        boxes = layout.boxes();
        findCandidates(scene.get());
        Set<NodeId> flow = flow(scene.get().analysis().model().graph());
        for (int s = 0; s + 1 < stages.size(); s++) {
            borderY.add(borderAfter(s, layout, scene.get(), stageOf, flow));
        }
    }

    /// The nodes that something of the inputs goes through. The others make constants: they stand beside the layers
    /// that read them, whatever stage first needs them, and tell nothing of where a border lies.
    private static Set<NodeId> flow(Graph graph) {
        Set<ValueId> reached = new HashSet<>(graph.requiredInputs());
        Set<NodeId> flow = new HashSet<>();
        for (Node n : graph.nodes()) {
            if (n.inputs().stream().anyMatch(reached::contains)) {
                flow.add(n.id());
                reached.addAll(n.outputs());
            }
        }
        return flow;
    }

    private double borderAfter(
            int s, GraphLayout layout, GraphScene scene, Map<NodeId, Integer> stageOf, Set<NodeId> flow) {
        double above = 0;
        double below = layout.height();
        double within = -1;
        long most = 0;
        for (Box box : layout.boxes()) {
            if (box.parent() >= 0 || box.kind().isPill()) {
                continue;
            }
            List<NodeId> nodes = scene
                    .tree()
                    .item(box.path())
                    .map(i -> i instanceof ScopeTree.Scope c ? c.nodes() : List.of(((ScopeTree.Leaf) i).node()))
                    .orElse(List.of())
                    .stream()
                    .filter(flow::contains)
                    .toList();
            if (nodes.isEmpty()) {
                continue;
            }
            long before =
                    nodes.stream().filter(n -> stageOf.getOrDefault(n, 0) <= s).count();
            if (before == nodes.size()) {
                above = Math.max(above, box.bottom());
            } else if (before == 0) {
                below = Math.min(below, box.y());
            } else if (Math.min(before, nodes.size() - before) > most) {
                most = Math.min(before, nodes.size() - before);
                within = box.y() + box.h() * before / nodes.size();
            }
        }
        return within >= 0 ? within : below > above ? (above + below) / 2 : above;
    }

    /// Between boxes at the top, and between rows of open groups.
    private void findCandidates(GraphScene scene) {
        Analysis a = scene.analysis();
        double reached = 0;
        for (Box box : scene.layout().boxes()) {
            boolean row =
                    box.parent() < 0 || scene.layout().boxes().get(box.parent()).kind() == Kind.GROUP;
            if (box.kind().isPill() || !row) {
                continue;
            }
            int first = scene
                    .tree()
                    .item(box.path())
                    .map(i -> i instanceof ScopeTree.Scope c ? c.nodes() : List.of(((ScopeTree.Leaf) i).node()))
                    .orElse(List.of())
                    .stream()
                    .mapToInt(n -> a.model().graph().position(n))
                    .filter(p -> p >= 0)
                    .min()
                    .orElse(-1);
            if (first > 0 && box.y() >= reached) {
                candidates.add(new Candidate(first, box.y() - 12));
                reached = box.y() + 1;
            }
        }
    }

    boolean shown() {
        return !borderY.isEmpty();
    }

    /// Behind the graph: the stages' bands.
    void bands(Camera camera, double width, double height) {
        double from = 0;
        for (int s = 0; s <= borderY.size() && shown(); s++) {
            double to = s < borderY.size() ? camera.screenY(borderY.get(s)) : height;
            double top = Math.clamp(from, 0, height);
            double bottom = Math.clamp(to, 0, height);
            int rgb = Palette.category(s);
            if (bottom > top) {
                g.setFill(b.colour(rgb, b.palette.dark() ? 0.07 : 0.1));
                g.fillRect(0, top, width, bottom - top);
                g.setFill(b.colour(rgb));
                g.fillRect(0, top, 4, bottom - top);
            }
            from = to;
        }
        for (double border : borderY) {
            double y = Brush.snap(camera.screenY(border));
            g.setStroke(b.colour(b.palette.dark() ? 0xffffff : 0x24292f, 0.85));
            g.setLineWidth(2);
            b.dashes(8, 5);
            g.strokeLine(0, y, width, y);
            b.solid();
        }
    }

    /// Above the graph: borders, handles, names of stages.
    /// @param overlays what floats over the graph: no name lies under it
    /// @param dragged the border that is being dragged to `cut`, −1 for none
    void paint(
            Camera camera,
            double width,
            double height,
            List<Rectangle2D> overlays,
            int dragged,
            int cut,
            List<String> plate) {
        if (!shown()) {
            return;
        }
        handleX = width - (width > 480 ? 214 : 60);
        PlateRoom room = room(camera, overlays);
        for (int i = 0; i < borderY.size(); i++) {
            double y = Brush.snap(camera.screenY(borderY.get(i)));
            handle(handleX, y, dragged == i);
            if (dragged != i) {
                plates.crossing(words.ofBorder(i), handleAt(y), width, room);
            }
        }
        double from = 0;
        for (int s = 0; s < stages.size(); s++) {
            double to = s < borderY.size() ? camera.screenY(borderY.get(s)) : height;
            double top = Math.max(from, 0);
            double bottom = Math.min(to, height);
            if (bottom - top > 34) {
                plates.stage(stages.get(s), words.ofStage(s), top, bottom, width, room);
            }
            from = to;
        }
        if (dragged >= 0) {
            ghost(camera, width, cut, plate);
        }
    }

    private Rectangle2D handleAt(double y) {
        return new Rectangle2D(Math.max(0, handleX - HANDLE_W / 2), y - HANDLE_H / 2, HANDLE_W, HANDLE_H);
    }

    /// What plates keep clear of: blocks, handles, and what floats over the graph.
    private PlateRoom room(Camera camera, List<Rectangle2D> overlays) {
        List<Rectangle2D> taken = new ArrayList<>(overlays);
        boxes.stream()
                .filter(x -> x.parent() < 0)
                .map(x -> new Rectangle2D(
                        camera.screenX(x.x()),
                        camera.screenY(x.y()),
                        x.w() * camera.zoom(),
                        (x.bottom() - x.y()) * camera.zoom()))
                .forEach(taken::add);
        borderY.forEach(y -> taken.add(handleAt(Brush.snap(camera.screenY(y)))));
        return new PlateRoom(taken);
    }

    private void handle(double x, double y, boolean active) {
        Palette p = b.palette;
        b.fill(
                x - HANDLE_W / 2,
                y - HANDLE_H / 2,
                HANDLE_W,
                HANDLE_H,
                5,
                b.colour(active ? p.accentFill() : p.block()));
        b.border(
                x - HANDLE_W / 2,
                y - HANDLE_H / 2,
                HANDLE_W,
                HANDLE_H,
                5,
                b.colour(active ? p.accent() : p.muted()),
                1);
        g.setFill(b.colour(active ? 0xffffff : p.text()));
        for (int i = -2; i <= 2; i++) {
            g.fillRect(x + i * 6 - 1, y - 3, 2, 2);
            g.fillRect(x + i * 6 - 1, y + 2, 2, 2);
        }
    }

    private void ghost(Camera camera, double width, int cut, List<String> plate) {
        Optional<Candidate> at = candidates.stream().filter(c -> c.cut() == cut).findFirst();
        if (at.isEmpty()) {
            return;
        }
        double y = Brush.snap(camera.screenY(at.get().y()));
        g.setStroke(b.colour(b.palette.accent()));
        g.setLineWidth(2);
        b.dashes(2, 4);
        g.strokeLine(0, y, width, y);
        b.solid();
        if (plate.isEmpty()) {
            return;
        }
        double w = 20;
        for (String s : plate) {
            w = Math.max(w, b.width(s, 11, true) + 20);
        }
        double h = plate.size() * 16 + 12;
        double x = handleX - HANDLE_W / 2 - 16 - w;
        b.fill(x, y - h / 2, w, h, 4, b.colour(b.palette.pane()));
        b.border(x, y - h / 2, w, h, 4, b.colour(b.palette.accent()), 1);
        for (int i = 0; i < plate.size(); i++) {
            int rgb = i == 0 ? b.palette.strong() : b.palette.muted();
            b.text(plate.get(i), x + 10, y - h / 2 + 14 + 16 * i, 11, i == 0, rgb, w);
        }
    }

    /// The border whose handle or line is at this point of the screen, −1 for none.
    int borderAt(double sx, double sy, Camera camera) {
        for (int i = 0; i < borderY.size(); i++) {
            double y = camera.screenY(borderY.get(i));
            boolean handle = Math.abs(sx - handleX) <= HANDLE_W / 2 && Math.abs(sy - y) <= HANDLE_H / 2;
            if (handle || Math.abs(sy - y) <= 4) {
                return i;
            }
        }
        return -1;
    }

    /// The cut nearest to this height of the screen that keeps the borders in order; −1 when there is none.
    int cutAt(int border, double sy, Camera camera) {
        double low = border > 0 ? borderY.get(border - 1) : -1e9;
        double high = border + 1 < borderY.size() ? borderY.get(border + 1) : 1e9;
        double y = camera.layoutY(sy);
        return candidates.stream()
                .filter(c -> c.y() > low && c.y() < high)
                .min(java.util.Comparator.comparingDouble(c -> Math.abs(c.y() - y)))
                .map(Candidate::cut)
                .orElse(-1);
    }
}
