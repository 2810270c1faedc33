package dev.lathe.app.inspector;

import dev.lathe.app.parts.FactRows;
import dev.lathe.app.parts.Paints;
import dev.lathe.app.parts.Section;
import dev.lathe.app.project.Selection;
import dev.lathe.app.project.ThreadWords;
import dev.lathe.app.ui.Heat;
import dev.lathe.app.ui.Numbers;
import dev.lathe.app.ui.Palette;
import dev.lathe.graph.DType;
import dev.lathe.profile.Transfer;
import dev.lathe.profile.engine.ExecutionProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

/// Builds the inspector's header and sections from its state.
///
/// @param pick selects something elsewhere
record InspectorSections(Palette palette, Consumer<Selection> pick) {
    private static final double OP_BAR = 60;

    /// A section before it is made: `says` is all that it shows, so that an equal one need not be made again.
    record Part(String kind, List<Object> says, Supplier<Node> making) {
        Node make() {
            return making.get();
        }
    }

    private Part part(String kind, Object says, Supplier<Node> making) {
        return new Part(kind, List.of(palette, says), making);
    }

    List<Part> layer(InspectorState.LayerState l) {
        List<Part> parts = new ArrayList<>();
        String prefix = l.path().equals(l.title())
                ? ""
                : l.path()
                                .substring(
                                        0,
                                        Math.max(
                                                0, l.path().length() - l.title().length() - 1)) + " · ";
        String with = l.together().isEmpty() ? "" : "\nwith " + l.together();
        parts.add(head(l.title(), prefix + l.op() + " · node " + l.position(), l.time(), l.path() + with));
        parts.add(part("Shapes", List.of(l.tensors(), l.work()), () -> shapes(l)));
        if (!l.attributes().isEmpty()) {
            parts.add(
                    part("Attributes", l.attributes(), () -> new Section("Attributes").content(facts(l.attributes()))));
        }
        l.weights()
                .ifPresent(w ->
                        parts.add(part("Weights", List.of(w, l.otherWeights()), () -> weights(w, l.otherWeights()))));
        l.measured().ifPresent(m -> parts.add(part("Measured", m, () -> measured(m))));
        addCopies(parts, l.copies());
        return parts;
    }

    List<Part> block(InspectorState.BlockState b) {
        List<InspectorState.Fact> sums = work(b.work(), b.parameters(), b.parameterBytes());
        return List.of(
                head(b.title(), b.path() + " · " + Numbers.grouped(b.layers()) + " nodes", b.time(), b.path()),
                part("Sums", sums, () -> new Section("Sums").content(facts(sums))),
                part("Operators", b.byOp(), () -> ops(b.byOp())));
    }

    List<Part> model(InspectorState.ModelState m) {
        List<Part> parts = new ArrayList<>();
        Optional<InspectorState.Time> time = m.latency().map(p50 -> new InspectorState.Time(p50, -1, -1));
        String from = m.path().replaceFirst("^.*[/\\\\]", "");
        String line = Numbers.grouped(m.nodes()) + " nodes" + (from.isEmpty() ? "" : " · " + from);
        String inBodies = m.nodes() == m.mainNodes()
                ? ""
                : "\n" + Numbers.grouped(m.mainNodes()) + " nodes in the main graph, "
                        + Numbers.grouped(m.nodes() - m.mainNodes()) + " in the bodies of If, Loop and Scan";
        parts.add(head(m.title(), line, time, m.path() + inBodies));
        List<InspectorState.Fact> sums = new ArrayList<>(work(m.work(), m.parameters(), m.parameterBytes()));
        if (m.nodes() != m.mainNodes()) {
            sums.addFirst(new InspectorState.Fact(
                    "nodes", Numbers.grouped(m.nodes()), Numbers.grouped(m.mainNodes()) + " in the main graph"));
        }
        sums.add(new InspectorState.Fact("peak activations", known(m.peakActivationBytes(), Numbers::bytes), ""));
        if (m.foldedBytes() > 0) {
            sums.add(new InspectorState.Fact("computed at load", Numbers.bytes(m.foldedBytes()), "from constants"));
        }
        parts.add(part("Costs", sums, () -> new Section("Costs").content(facts(sums))));
        if (!m.edges().isEmpty()) {
            parts.add(edges(m));
        }
        if (!m.freeDims().isEmpty()) {
            parts.add(part(
                    "Free dimensions",
                    m.freeDims(),
                    () -> new Section("Free dimensions").hint("in the toolbar").content(facts(m.freeDims()))));
        }
        parts.add(part("File", m.file(), () -> new Section("File").content(facts(m.file()))));
        if (!m.metadata().isEmpty()) {
            parts.add(part(
                    "Metadata",
                    m.metadata(),
                    () -> new Section("Metadata")
                            .content(facts(m.metadata().entrySet().stream()
                                    .map(e -> new InspectorState.Fact(e.getKey(), e.getValue(), ""))
                                    .toList()))));
        }
        m.runs().ifPresent(r -> parts.add(part("Measured", r, () -> RunSection.of(r, palette))));
        addCopies(parts, m.copies());
        if (!m.byOp().isEmpty()) {
            parts.add(part("Operators", m.byOp(), () -> ops(m.byOp())));
        }
        return parts;
    }

    private Part edges(InspectorState.ModelState m) {
        List<DType> types =
                m.edges().stream().flatMap(t -> t.dtype().stream()).distinct().toList();
        // One type for all stands in the header: rows are narrow.
        return part(
                "Inputs and outputs",
                m.edges(),
                () -> new Section("Inputs and outputs")
                        .hint(types.size() == 1 ? types.getFirst().text() : "")
                        .content(tensors(m.edges(), types.size() > 1)));
    }

    private void addCopies(List<Part> parts, List<Transfer> copies) {
        if (!copies.isEmpty()) {
            parts.add(part("Copies", copies, () -> CopyRows.of(copies, pick)));
        }
    }

    private Part head(String title, String line, Optional<InspectorState.Time> time, String tooltip) {
        return part("header", List.of(title, line, time, tooltip), () -> header(title, line, time, tooltip));
    }

    private Node header(String title, String line, Optional<InspectorState.Time> time, String tooltip) {
        Label name = label(title, "inspector-title");
        name.setMinWidth(0);
        if (!tooltip.isEmpty()) {
            name.setTooltip(new Tooltip(tooltip));
        }
        Label where = label(line, "inspector-line");
        where.setMinWidth(0);
        Region bar = new Region();
        bar.getStyleClass().add("inspector-bar");
        time.filter(t -> t.heat() >= 0)
                .ifPresent(t ->
                        bar.setStyle("-fx-background-color: " + Palette.hex(Heat.rgb(t.heat(), palette.dark())) + ";"));
        VBox words = new VBox(2, name, where);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox header = new HBox(8, bar, words);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("inspector-header");
        time.ifPresent(t -> {
            Label figure = label(Numbers.time(t.time()), "inspector-figure");
            Label share = label(t.share() < 0 ? "p50" : Numbers.share(t.share()) + " of total", "inspector-line");
            figure.setMinWidth(Region.USE_PREF_SIZE);
            share.setMinWidth(Region.USE_PREF_SIZE);
            VBox right = new VBox(2, figure, share);
            right.setAlignment(Pos.CENTER_RIGHT);
            right.setMinWidth(Region.USE_PREF_SIZE);
            header.getChildren().add(right);
        });
        return header;
    }

    private Section shapes(InspectorState.LayerState l) {
        Optional<DType> dtype = l.tensors().stream()
                .filter(t -> t.role().startsWith("output"))
                .findFirst()
                .flatMap(InspectorState.TensorRow::dtype);
        boolean mixed = l.tensors().stream()
                        .map(InspectorState.TensorRow::dtype)
                        .distinct()
                        .count()
                > 1;
        FactRows rows = tensors(l.tensors(), mixed);
        String intensity = l.work().intensity().isPresent()
                ? Numbers.digits(l.work().intensity().getAsDouble(), 3) + " FLOP/B"
                : Numbers.UNKNOWN;
        rows.add("work", known(l.work().flops(), Numbers::flops), intensity);
        return new Section("Shapes").hint(dtype.map(DType::text).orElse("")).content(rows);
    }

    private static FactRows tensors(List<InspectorState.TensorRow> tensors, boolean withType) {
        FactRows rows = new FactRows();
        for (InspectorState.TensorRow t : tensors) {
            boolean edge = t.role().equals("input") || t.role().equals("output");
            String type = withType ? t.dtype().map(d -> " " + d.text()).orElse("") : "";
            rows.add(edge ? t.name() : t.role(), t.dims() + type, known(t.bytes(), Numbers::bytes))
                    .setTooltip(new Tooltip(t.role() + ": " + t.name()));
        }
        return rows;
    }

    private static List<InspectorState.Fact> work(
            InspectorState.Work work, OptionalLong parameters, OptionalLong parameterBytes) {
        return List.of(
                new InspectorState.Fact(
                        "parameters",
                        known(parameters, Numbers::count),
                        parameters.isPresent() ? known(parameterBytes, Numbers::bytes) : ""),
                new InspectorState.Fact(
                        "work",
                        known(work.flops(), Numbers::flops),
                        work.intensity().isPresent()
                                ? Numbers.digits(work.intensity().getAsDouble(), 3) + " FLOP/B"
                                : ""),
                new InspectorState.Fact(
                        "data moved",
                        known(work.bytes(), Numbers::bytes),
                        work.bytes().isPresent() ? "at least" : ""));
    }

    static FactRows facts(List<InspectorState.Fact> facts) {
        FactRows rows = new FactRows();
        facts.forEach(f -> rows.add(f.name(), f.value(), f.hint()));
        return rows;
    }

    private Section weights(InspectorState.WeightTensor w, int others) {
        Section section = new Section("Weights");
        String more = others > 0 ? " · +" + others + " more" : "";
        section.hint(Numbers.grouped(w.tensor().elements()) + " values" + more);
        if (w.histogram().isEmpty()) {
            String words = w.remark().isEmpty() ? "reading the values …" : w.remark();
            return section.content(label(words, "inspector-line"));
        }
        WeightHistogram h = w.histogram().get();
        if (h.bins().counts().isEmpty()) {
            return section.content(label("No value of this tensor is finite.", "inspector-line"));
        }
        Label low = label(Numbers.digits(h.min(), 2), "inspector-axis");
        Label middle = label(
                "σ " + Numbers.digits(h.sigma(), 2) + " · zeros " + Numbers.share(h.zeroShare())
                        + (h.sampled() ? " · sampled" : ""),
                "inspector-axis");
        Label high = label(Numbers.digits(h.max(), 2), "inspector-axis");
        if (h.sampled()) {
            middle.setTooltip(new Tooltip("From " + Numbers.grouped(h.looked()) + " values at random places"));
        }
        section.content(new HistogramCanvas(h, palette), spread(low, middle, high));
        if (h.notFinite() > 0) {
            section.content(
                    new HistogramCanvas(h, palette),
                    spread(low, middle, high),
                    label(Numbers.grouped(h.notFinite()) + " values are not finite", "inspector-warning"));
        }
        return section;
    }

    private Section measured(InspectorState.Measured m) {
        var s = m.stats();
        List<InspectorState.Fact> facts = new ArrayList<>();
        facts.add(new InspectorState.Fact(
                "time",
                s.estimate() ? Numbers.estimate(Numbers.time(s.typical())) : Numbers.time(s.typical()),
                s.estimate() ? "estimate" : "typical"));
        facts.add(new InspectorState.Fact("p90", Numbers.time(s.p90()), "p50 " + Numbers.time(s.p50())));
        m.rate()
                .ifPresent(r -> facts.add(new InspectorState.Fact(
                        "rate",
                        Numbers.flopRate(r),
                        m.intensity().isPresent()
                                ? "at " + Numbers.digits(m.intensity().getAsDouble(), 3) + " FLOP/B"
                                : "")));
        m.dataRate().ifPresent(r -> facts.add(new InspectorState.Fact("data", Numbers.byteRate(r), "at least")));
        facts.add(new InspectorState.Fact("ran on", ExecutionProvider.words(s.provider()), ""));
        s.threads()
                .ifPresent(t -> facts.add(new InspectorState.Fact(
                        "threads", ThreadWords.of(s.threads()), t.pool() > 1 ? "took part" : "")));
        if (!s.shapes().isEmpty()) {
            facts.add(new InspectorState.Fact("shapes", s.shapes(), "as run"));
        }
        s.memory()
                .read()
                .ifPresent(read -> facts.add(new InspectorState.Fact(
                        "activations",
                        Numbers.bytes(read) + " read",
                        s.memory().written().isPresent()
                                ? Numbers.bytes(s.memory().written().getAsLong()) + " written"
                                : "")));
        s.memory()
                .held()
                .ifPresent(held -> facts.add(new InspectorState.Fact("arena", Numbers.bytes(held), "held at its end")));
        String kernels = s.kernels().isEmpty() ? "removed by the engine" : String.join(" + ", s.kernels());
        facts.add(new InspectorState.Fact("kernel", kernels, s.shared() ? "shared" : ""));
        return new Section("Measured")
                .hint(Numbers.grouped(s.samples()) + " profiled runs")
                .content(facts(facts));
    }

    private Section ops(List<InspectorState.OpShare> ops) {
        GridPane grid = opGrid();
        int row = 0;
        boolean timed = ops.stream().anyMatch(o -> o.time().isPresent());
        for (InspectorState.OpShare o : ops.subList(0, Math.min(10, ops.size()))) {
            Rectangle track = new Rectangle(OP_BAR, 8, Paints.fx(palette.track()));
            Rectangle bar = new Rectangle(
                    Math.max(1, OP_BAR * o.part()), 8, Paints.fx(Palette.category(palette.dark() ? 0 : 4)));
            Label op = label(o.op(), "inspector-key");
            op.setMinWidth(0);
            Label count = label("× " + Numbers.grouped(o.count()), "inspector-key");
            count.setMinWidth(Region.USE_PREF_SIZE);
            HBox name = new HBox(4, op, count);
            Label value = label(o.time().map(Numbers::time).orElse(Numbers.share(o.part())), "inspector-value");
            HBox bars = new HBox(new javafx.scene.layout.StackPane(track, bar));
            javafx.scene.layout.StackPane.setAlignment(bar, Pos.CENTER_LEFT);
            bars.setAlignment(Pos.CENTER_LEFT);
            grid.add(name, 0, row);
            grid.add(bars, 1, row);
            grid.add(value, 2, row++);
        }
        if (ops.size() > 10) {
            grid.add(label("and " + (ops.size() - 10) + " more operators", "inspector-line"), 0, row, 3, 1);
        }
        return new Section("Operators").hint(timed ? "by time" : "by count").content(grid);
    }

    /// Names have what the bars and the numbers leave.
    private static GridPane opGrid() {
        GridPane grid = new GridPane();
        grid.setHgap(8);
        grid.setVgap(4);
        ColumnConstraints name = new ColumnConstraints(0, Region.USE_COMPUTED_SIZE, Double.MAX_VALUE);
        name.setHgrow(Priority.ALWAYS);
        ColumnConstraints bar = new ColumnConstraints(OP_BAR);
        ColumnConstraints amount = new ColumnConstraints();
        amount.setMinWidth(Region.USE_PREF_SIZE);
        amount.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(name, bar, amount);
        return grid;
    }

    private static HBox spread(Label left, Label middle, Label right) {
        Region a = new Region();
        Region b = new Region();
        HBox.setHgrow(a, Priority.ALWAYS);
        HBox.setHgrow(b, Priority.ALWAYS);
        return new HBox(left, a, middle, b, right);
    }

    static Label label(String text, String style) {
        Label l = new Label(text);
        l.getStyleClass().add(style);
        return l;
    }

    private static String known(OptionalLong amount, java.util.function.DoubleFunction<String> words) {
        return amount.isPresent() ? words.apply(amount.getAsLong()) : Numbers.UNKNOWN;
    }
}
