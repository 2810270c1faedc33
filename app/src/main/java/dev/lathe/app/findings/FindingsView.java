package dev.lathe.app.findings;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.EmptyPane;
import dev.lathe.app.parts.Section;
import dev.lathe.profile.insight.Examination;
import dev.lathe.profile.insight.Verdict;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The Findings tab: a card for each finding, and below them what became of every rule.
public final class FindingsView extends StackPane {
    private final FindingsViewModel model;
    private final VBox cards = new VBox();
    private final ScrollPane scroll = new ScrollPane(cards);
    private final EmptyPane noModel = new EmptyPane(
            "mdi2l-lightbulb-on-outline",
            "No model",
            "Open a model and run it to see what its figures mean: drop a file on the window, or press Ctrl+O.");
    private final EmptyPane notRun;
    private final Label looking = Controls.label("Looking at the run", "chart-remark");
    private final Label summary = Controls.label("", "small", "muted");

    /// @param run controls of the empty pane that run the model
    public FindingsView(FindingsViewModel model, Node... run) {
        this.model = model;
        getStyleClass().add("findings-view");
        scroll.getStyleClass().add("inspector-scroll");
        scroll.setFitToWidth(true);
        scroll.setId("findings");
        notRun = new EmptyPane(
                "mdi2l-lightbulb-on-outline",
                "Not measured yet",
                "Run the model: then this tells what its figures mean, where time is lost, and what to do about it.",
                run);
        getChildren().addAll(scroll, noModel, notRun, looking);
        summary.setMinWidth(USE_PREF_SIZE);
        // A tab that is not in front is filled when it comes there.
        model.state().addListener((o, before, now) -> {
            if (isVisible()) {
                show(now);
            }
        });
        visibleProperty().subscribe(visible -> {
            if (visible) {
                show(model.state().get());
            }
        });
        model.state().subscribe(s -> summary.setText(summary(s)));
    }

    /// How many rules looked: what stands at the right of the tab strip.
    public Node tools() {
        return summary;
    }

    static String summary(FindingsState s) {
        if (s.stage() != FindingsState.Stage.TOLD) {
            return "";
        }
        long looked = s.checks().size() - s.notChecked();
        return looked + " rules looked" + (s.notChecked() == 0 ? "" : ", " + s.notChecked() + " could not");
    }

    private void show(FindingsState s) {
        noModel.setVisible(s.stage() == FindingsState.Stage.NO_MODEL);
        notRun.setVisible(s.stage() == FindingsState.Stage.NOT_RUN);
        looking.setVisible(s.stage() == FindingsState.Stage.LOOKING);
        scroll.setVisible(s.stage() == FindingsState.Stage.TOLD);
        if (s.stage() != FindingsState.Stage.TOLD) {
            cards.getChildren().clear();
            return;
        }
        List<FindingRow> drawn = cards.getChildren().stream()
                .flatMap(n -> n instanceof FindingCard c
                        ? java.util.stream.Stream.of(c.row())
                        : java.util.stream.Stream.empty())
                .toList();
        // Choosing one moves nothing.
        if (!drawn.equals(s.rows()) || cards.getChildren().isEmpty()) {
            fill(s);
        }
        for (Node n : cards.getChildren()) {
            if (n instanceof FindingCard c) {
                c.showChosen(s.chosen().filter(r -> r.equals(c.row())).isPresent());
            }
        }
    }

    private void fill(FindingsState s) {
        List<Node> rows = new ArrayList<>();
        int number = 0;
        for (FindingRow row : s.rows()) {
            rows.add(new FindingCard(row, ++number, model));
        }
        if (rows.isEmpty()) {
            Label none = Controls.label("Nothing found that is worth a change.", "finding-none");
            rows.add(none);
        }
        Section checks = new Section("What the rules saw").hint(summary(s));
        checks.content(s.checks().stream()
                .filter(c -> !(c.verdict() instanceof Verdict.Found))
                .map(FindingsView::check)
                .toArray(Node[]::new));
        checks.setOpen(s.rows().isEmpty());
        checks.setId("finding-checks");
        rows.add(checks);
        cards.getChildren().setAll(rows);
        scroll.setVvalue(0);
    }

    private static Node check(Examination.Check c) {
        boolean looked = c.verdict() instanceof Verdict.Clean;
        String why = switch (c.verdict()) {
            case Verdict.Found f -> "";
            case Verdict.Clean(String seen) -> seen;
            case Verdict.NotChecked(String missing) -> "not checked: " + missing;
        };
        Label text = Controls.label(
                Character.toUpperCase(c.title().charAt(0)) + c.title().substring(1) + ": " + why, "finding-check");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = new HBox(
                8, Controls.icon(looked ? "mdi2c-check" : "mdi2m-minus-circle-outline", "finding-check-mark"), text);
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }
}
