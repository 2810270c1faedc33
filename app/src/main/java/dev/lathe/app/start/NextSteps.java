package dev.lathe.app.start;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.toolbar.Command;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What can be done with a model once it is open, with its keys: for who is here for the first time.
final class NextSteps extends VBox {
    /// @param steps commands in the order in which one comes to need them
    NextSteps(List<Command> steps) {
        super(12);
        setId("next-steps");
        HBox cards = new HBox(12);
        for (Command c : steps) {
            VBox card = card(c);
            HBox.setHgrow(card, Priority.ALWAYS);
            cards.getChildren().add(card);
        }
        HBox head = new HBox(
                10,
                Controls.label("And then", "section-title"),
                Controls.label("what to do with a model once it is open", "small", "muted"));
        head.setAlignment(Pos.BASELINE_LEFT);
        getChildren().addAll(head, cards);
    }

    private static VBox card(Command c) {
        HBox head = new HBox(8, Controls.icon(c.icon(), "accent"), Controls.label(title(c.id()), "strong"));
        head.setAlignment(Pos.CENTER_LEFT);
        Label what = Controls.label(words(c.id()), "small", "muted");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        VBox card = new VBox(8, head, what);
        if (!c.keyText().isEmpty()) {
            card.getChildren().add(Controls.label(c.keyText(), "key-cap"));
        }
        card.getStyleClass().add("step-card");
        card.setMinWidth(0);
        card.setPrefWidth(200);
        return card;
    }

    private static String title(String id) {
        return Character.toUpperCase(id.charAt(0)) + id.substring(1);
    }

    private static String words(String id) {
        return switch (id) {
            case "run" -> "What every layer takes, while the model runs.";
            case "optimize" -> "Smaller or faster variants, each compared with the original.";
            case "split" -> "A pipeline over several devices, predicted, then measured.";
            case "export" -> "The new model, its recipe, and a report.";
            default -> throw new IllegalArgumentException(id);
        };
    }
}
