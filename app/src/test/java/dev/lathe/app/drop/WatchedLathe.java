package dev.lathe.app.drop;

import dev.lathe.app.LatheApplication;
import dev.lathe.app.LatheWindow;
import dev.lathe.app.project.Opening;
import dev.lathe.app.project.Project;
import java.util.Locale;
import java.util.Scanner;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Parent;
import javafx.scene.input.DragEvent;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;

/// The program itself, which also says on standard output what happens in it: `middle X Y` (of the window, on the
/// screen), `over` while something is dragged over it, `opened FILE`, `failed CODE` once its error pane is on screen,
/// `machine` when it knows its devices, `measured` in a run.
/// A line on standard input, a command's id or `close`, does what the user would.
public final class WatchedLathe extends LatheApplication {
    /// Apart: a main class that extends `Application` refuses to start from the class path.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Application.launch(WatchedLathe.class, arguments);
        }
    }

    @Override
    public void start(Stage stage) {
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(1200);
        stage.setHeight(900);
        super.start(stage);
        LatheWindow window = window();
        Parent root = window.scene().getRoot();
        window.scene().addEventFilter(DragEvent.DRAG_OVER, e -> say("over"));
        window.workbench().store().observe(Project::opening, opening -> {
            switch (opening) {
                case Opening.Nothing n -> {}
                case Opening.Reading r -> {}
                case Opening.Opened(var file) -> say("opened " + file.getFileName());
                case Opening.Failed(var file, var why) ->
                    // After the listener that shows it.
                    Platform.runLater(
                            () -> say((root.lookup("#error-pane") == null ? "silent " : "failed ") + why.code()));
            }
        });
        window.workbench().store().observe(p -> p.live().count() > 1, some -> say(some ? "measured" : "new"));
        window.workbench().store().observe(p -> p.device().isPresent(), known -> say(known ? "machine" : "looking"));
        Bounds at = root.localToScreen(root.getLayoutBounds());
        System.out.printf(Locale.ROOT, "middle %.0f %.0f%n", at.getCenterX(), at.getCenterY());
        obey(stage, window);
    }

    private static void obey(Stage stage, LatheWindow window) {
        var unused = dev.lathe.core.Jobs.daemon("orders", () -> {
            Scanner orders = new Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8);
            while (orders.hasNextLine()) {
                String order = orders.nextLine();
                Platform.runLater(() -> {
                    if (order.equals("close")) {
                        stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST));
                    } else {
                        window.commands().find(order).orElseThrow().run();
                    }
                });
            }
        });
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
