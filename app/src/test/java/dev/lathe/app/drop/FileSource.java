package dev.lathe.app.drop;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.StageStyle;

/// A file manager at its smallest: a row for each file given, which can be dragged out. It says on standard output
/// where its rows are (`row N X Y`, in pixels of the screen), that a drag began (`dragging N`) and how it ended
/// (`ended MODE`).
public final class FileSource extends Application {
    private static final double ROW = 60;
    /// Right of where the other program is.
    private static final double LEFT = 1300;

    /// Apart: a main class that extends `Application` refuses to start from the class path.
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Application.launch(FileSource.class, arguments);
        }
    }

    @Override
    public void start(Stage stage) {
        List<String> files = getParameters().getUnnamed();
        VBox rows = new VBox();
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            int number = i;
            File file = new File(files.get(i));
            Label row = new Label(file.getName());
            row.setMinSize(240, ROW);
            row.setOnDragDetected(e -> {
                ClipboardContent content = new ClipboardContent();
                content.putFiles(List.of(file));
                row.startDragAndDrop(TransferMode.ANY).setContent(content);
                System.out.println("dragging " + number);
                e.consume();
            });
            row.setOnDragDone(e -> System.out.println("ended " + e.getTransferMode()));
            labels.add(row);
            rows.getChildren().add(row);
        }
        stage.initStyle(StageStyle.UNDECORATED);
        stage.setScene(new Scene(rows, 240, ROW * files.size()));
        stage.setX(LEFT);
        stage.setY(100);
        stage.setOnShown(e -> {
            for (int i = 0; i < labels.size(); i++) {
                Bounds at = labels.get(i).localToScreen(labels.get(i).getLayoutBounds());
                System.out.printf("row %d %.0f %.0f%n", i, at.getCenterX(), at.getCenterY());
            }
        });
        stage.show();
    }
}
