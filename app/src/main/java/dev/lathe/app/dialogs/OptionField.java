package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.optimize.OptionSpec;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A field made from what a pass says about its option.
final class OptionField extends HBox {
    private static final double NAME_WIDTH = 150;
    private static final double FIELD_WIDTH = 150;
    private static final int TEXT_ROWS = 4;

    private final OptionSpec spec;
    private final Supplier<String> value;
    private Optional<TextArea> text = Optional.empty();
    private Optional<VBox> below = Optional.empty();

    OptionField(OptionSpec spec) {
        super(12);
        this.spec = spec;
        setAlignment(Pos.CENTER_LEFT);
        Label name = Controls.label(spec.name().replace('-', ' '), "small");
        name.setMinWidth(NAME_WIDTH);
        name.setPrefWidth(NAME_WIDTH);
        name.setTooltip(new Tooltip(spec.description()));
        getChildren().add(name);
        value = switch (spec.kind()) {
            case FLAG -> {
                CheckBox box = new CheckBox();
                box.setSelected(Boolean.parseBoolean(spec.defaultValue()));
                add(box);
                yield () -> Boolean.toString(box.isSelected());
            }
            case CHOICE -> {
                ComboBox<String> box = new ComboBox<>();
                box.getItems().setAll(spec.choices());
                box.setValue(spec.defaultValue());
                add(box);
                yield box::getValue;
            }
            case TEXT -> {
                TextArea area = new TextArea(spec.defaultValue());
                area.setPrefRowCount(TEXT_ROWS);
                area.setId("option-" + spec.name());
                area.getStyleClass().add("statements");
                Label about = Controls.label(spec.description(), "caption");
                about.setWrapText(true);
                VBox whole = new VBox(6, area, about);
                text = Optional.of(area);
                below = Optional.of(whole);
                HBox.setHgrow(whole, Priority.ALWAYS);
                // Text needs the width: what it is stands below, and its name is the pass's own.
                getChildren().setAll(whole);
                yield () -> area.getText().strip();
            }
            case INTEGER, NUMBER, PATTERNS -> {
                TextField field = new TextField(spec.defaultValue());
                if (spec.kind() == OptionSpec.Kind.PATTERNS) {
                    field.setPromptText("*name*, …");
                }
                add(field);
                yield () -> field.getText().strip();
            }
        };
    }

    private void add(Node field) {
        field.setId("option-" + spec.name());
        Label about = Controls.label(spec.description(), "caption");
        about.setWrapText(true);
        about.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(about, Priority.ALWAYS);
        if (field instanceof Region region && !(field instanceof CheckBox)) {
            region.setPrefWidth(FIELD_WIDTH);
            region.setMinWidth(FIELD_WIDTH);
        }
        getChildren().addAll(field, about);
    }

    /// Where text of several lines is written.
    Optional<TextArea> text() {
        return text;
    }

    /// Puts what is to be said of the text directly below it.
    void say(Label status) {
        below.ifPresent(b -> b.getChildren().add(1, status));
    }

    OptionSpec spec() {
        return spec;
    }

    String value() {
        return value.get();
    }
}
