package dev.lathe.app.shell;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.Notice;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Workbench;
import dev.lathe.app.toolbar.Command;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Severity;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The window's root: toolbar, start page or work area, status bar; above them toasts, popovers and what is dropped.
public final class Frame extends StackPane {
    /// The codes of problems of runs that another pack mends.
    private static final Set<String> OF_PACKS = Set.of("no-pack", "engine-natives");

    private final Workbench workbench;
    private final Region startPage;
    private final WorkArea workArea;
    private final Overlay overlay;
    private final Toasts toasts = new Toasts();
    private final VBox banner = new VBox();
    private final Region dropVeil = new Region();
    private final Command open;
    private final Command packs;
    private Optional<Diagnostic> dismissed = Optional.empty();

    public Frame(
            Workbench workbench,
            Node toolbar,
            Region startPage,
            WorkArea workArea,
            Node statusBar,
            Overlay overlay,
            Command open,
            Command packs) {
        this.workbench = workbench;
        this.startPage = startPage;
        this.workArea = workArea;
        this.overlay = overlay;
        this.open = open;
        this.packs = packs;
        getStyleClass().add("window");
        BorderPane middle = new BorderPane(new StackPane(startPage, workArea));
        middle.setTop(banner);
        BorderPane main = new BorderPane(middle);
        main.setTop(toolbar);
        main.setBottom(statusBar);
        dropVeil.getStyleClass().add("drop-over-window");
        dropVeil.setVisible(false);
        dropVeil.setMouseTransparent(true);
        getChildren().addAll(main, toasts, overlay, dropVeil);
        workbench.onNotice(n -> Platform.runLater(() -> tell(n)));
        workbench.store().listen(this::show);
        workbench.store().listen(toasts::keepUp);
        show(workbench.store().state());
        acceptFiles();
    }

    /// Says it on a toast, unless the banner already says the same.
    public void tell(Notice notice) {
        boolean said = runProblem(workbench.store().state())
                .filter(d -> dismissed.filter(d::equals).isEmpty())
                .filter(d -> d.line().equals(notice.text()))
                .isPresent();
        if (!said) {
            toasts.show(notice);
        }
    }

    private void show(Project p) {
        startPage.setVisible(!p.isOpen());
        workArea.setVisible(p.isOpen());
        Optional<Diagnostic> problem = switch (p.opening()) {
            case Opening.Failed(var file, Diagnostic why) -> Optional.of(why);
            case Opening.Nothing n -> Optional.empty();
            case Opening.Reading r -> Optional.empty();
            case Opening.Opened o -> runProblem(p);
        };
        if (problem.equals(dismissed) && problem.isPresent()) {
            return;
        }
        dismissed = Optional.empty();
        boolean ofRun = p.run() instanceof RunState.Failed && !(p.opening() instanceof Opening.Failed);
        banner.getChildren()
                .setAll(problem.map(d -> errorPane(d, ofRun)).stream().toList());
    }

    private static Optional<Diagnostic> runProblem(Project p) {
        return p.run() instanceof RunState.Failed(var variant, Diagnostic why) && why.severity() == Severity.ERROR
                ? Optional.of(why)
                : Optional.empty();
    }

    private ErrorPane errorPane(Diagnostic problem, boolean ofRun) {
        Node remedy = ofRun
                ? Controls.button("mdi2p-play", "Run again", "plain-button", workbench::runAgain)
                : Controls.button(open.icon(), "Choose another file", "plain-button", open::run);
        Node dismiss = Controls.button("mdi2c-close", "Dismiss", "plain-button", () -> {
            dismissed = Optional.of(problem);
            banner.getChildren().clear();
        });
        String icon = ofRun ? "mdi2a-alert" : "mdi2f-file-alert-outline";
        if (!OF_PACKS.contains(problem.code())) {
            return new ErrorPane(icon, problem, remedy, dismiss);
        }
        Node add = Controls.button(packs.icon(), "Packs…", "plain-button", packs::run);
        add.setId("error-packs");
        return new ErrorPane(icon, problem, add, remedy, dismiss);
    }

    private void acceptFiles() {
        setOnDragOver(e -> {
            if (e.getDragboard().hasFiles()) {
                e.acceptTransferModes(TransferMode.COPY, TransferMode.LINK, TransferMode.MOVE);
                dropVeil.setVisible(true);
            }
            e.consume();
        });
        setOnDragExited(e -> dropVeil.setVisible(false));
        setOnDragDropped(e -> {
            Dragboard board = e.getDragboard();
            List<File> files = board.hasFiles() ? board.getFiles() : List.of();
            dropVeil.setVisible(false);
            e.setDropCompleted(!files.isEmpty());
            e.consume();
            if (!files.isEmpty()) {
                overlay.close();
                // The gesture must end before anything else begins: the source waits for it.
                Platform.runLater(() -> workbench.open(files.getFirst().toPath()));
            }
        });
    }
}
