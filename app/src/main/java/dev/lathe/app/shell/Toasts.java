package dev.lathe.app.shell;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.project.Notice;
import dev.lathe.app.project.Project;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Short messages at the top right, one at a time; each stays 6 s, and as long as the pointer is on it.
public final class Toasts extends StackPane {
    private static final Duration STAY = Duration.seconds(6);
    private static final double TOP = 92;
    private static final double RIGHT = 336;

    private final Deque<Notice> waiting = new ArrayDeque<>();
    private Optional<Notice> shown = Optional.empty();
    private Project project = Project.EMPTY;
    private Runnable endStay = () -> {};

    public Toasts() {
        setPickOnBounds(false);
        setId("toasts");
        setAlignment(Pos.TOP_RIGHT);
        setPadding(new Insets(TOP, RIGHT, 0, 0));
    }

    public void show(Notice notice) {
        waiting.add(notice);
        if (shown.isEmpty()) {
            next();
        }
    }

    /// Takes away what no longer holds of the project.
    public void keepUp(Project now) {
        project = now;
        if (shown.filter(n -> !n.holds().test(now)).isPresent()) {
            next();
        }
    }

    private void next() {
        endStay.run();
        getChildren().clear();
        waiting.removeIf(n -> !n.holds().test(project));
        shown = Optional.ofNullable(waiting.poll());
        shown.ifPresent(n -> getChildren().setAll(card(n)));
    }

    private HBox card(Notice notice) {
        PauseTransition stay = new PauseTransition(STAY);
        stay.setOnFinished(e -> next());
        endStay = stay::stop;
        Runnable away = this::next;
        Label title = Controls.label(notice.title(), "toast-title");
        Label text = Controls.label(notice.text(), "toast-text");
        text.setWrapText(true);
        VBox words = new VBox(4, title, text);
        if (!notice.answers().isEmpty()) {
            HBox answers = new HBox(16);
            for (Notice.Answer a : notice.answers()) {
                answers.getChildren().add(Controls.link(a.label(), () -> {
                    away.run();
                    a.act().run();
                }));
            }
            words.getChildren().add(answers);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox card = new HBox(
                12,
                switch (notice.kind()) {
                    case SUCCESS -> Controls.icon("mdi2c-check-circle", "toast-icon", "good");
                    case WARNING -> Controls.icon("mdi2a-alert", "toast-icon", "warn");
                    case ERROR -> Controls.icon("mdi2a-alert", "toast-icon", "bad");
                },
                words,
                Controls.iconButton("mdi2c-close", "Dismiss", away));
        card.getStyleClass().add("toast");
        card.setMaxHeight(USE_PREF_SIZE);
        card.setOnMouseEntered(e -> stay.stop());
        card.setOnMouseExited(e -> stay.playFromStart());
        stay.play();
        return card;
    }
}
