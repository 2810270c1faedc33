package dev.lathe.app.dialogs;

import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.Workbench;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.edit.EditByHand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The form that makes a variant: each registered pass with its options, and the caveats it states about itself.
public final class OptimizeForm extends VBox {
    private final List<Card> cards = new ArrayList<>();
    private final TextField name = new TextField();
    private final VBox list = new VBox(8);
    private final ScrollPane scroll = new ScrollPane(list);
    private final Button add;
    private boolean named;

    public OptimizeForm(Workbench workbench, Overlay overlay) {
        super(12);
        setId("optimize-form");
        setPadding(new Insets(16));
        setPrefWidth(660);
        Project p = workbench.store().state();
        String parent = p.shown().map(Variant::name).orElse("");
        for (PassInfo pass : workbench.services().compression().passes()) {
            Card card = new Card(pass);
            cards.add(card);
            if (pass.name().equals(EditByHand.NAME)) {
                card.check(
                        workbench,
                        () -> cards.stream().filter(Card::chosen).findFirst().equals(Optional.of(card)),
                        this::allow);
            }
            list.getChildren().add(card);
        }
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(430);
        scroll.setMaxHeight(520);
        add = Controls.button("mdi2p-plus", "Add variant", "primary-button", () -> {
            List<Recipe.Step> steps =
                    cards.stream().flatMap(c -> c.step().stream()).toList();
            VariantId unused = workbench.addVariant(name.getText().strip(), steps);
            overlay.close();
        });
        add.setId("add-variant");
        add.setDefaultButton(true);
        name.setId("variant-name");
        name.setPrefColumnCount(18);
        name.setOnKeyTyped(e -> named = true);
        Runnable chosen = () -> {
            List<String> titles =
                    cards.stream().filter(Card::chosen).map(c -> c.pass.title()).toList();
            allow();
            // What comes before statements may be another pass by now.
            cards.forEach(c -> c.statements.ifPresent(CheckedStatements::look));
            if (!named) {
                name.setText(p.freeName(String.join(" + ", titles)));
            }
        };
        cards.forEach(c -> c.box.selectedProperty().addListener((o, a, b) -> chosen.run()));
        HBox foot = new HBox(
                8,
                Controls.label("Name", "small", "muted"),
                name,
                Controls.gap(),
                Controls.button("mdi2c-close", "Cancel", "ghost-button", overlay::close),
                add);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren()
                .addAll(
                        Controls.label("Optimize", "strong"),
                        Controls.label(
                                "A new variant below “" + parent
                                        + "”. It is made in the background; the source file stays as it is.",
                                "small",
                                "muted"),
                        scroll,
                        foot);
        chosen.run();
    }

    /// Chooses a pass, and brings it into sight.
    public void choose(String pass) {
        cards.stream().filter(c -> c.pass.name().equals(pass)).findFirst().ifPresent(card -> {
            card.box.setSelected(true);
            card.box.requestFocus();
            applyCss();
            layout();
            double room = list.getHeight() - scroll.getViewportBounds().getHeight();
            if (room > 0) {
                scroll.setVvalue(Math.clamp(card.getBoundsInParent().getMinY() / room, 0, 1));
            }
        });
    }

    private void allow() {
        add.setDisable(
                cards.stream().noneMatch(Card::chosen) || cards.stream().anyMatch(c -> c.chosen() && c.isWrong()));
    }

    /// A pass with its check box; the options unfold when it is chosen.
    private static final class Card extends VBox {
        private final PassInfo pass;
        private final CheckBox box = new CheckBox();
        private final Map<String, OptionField> options = new LinkedHashMap<>();
        private Optional<CheckedStatements> statements = Optional.empty();

        Card(PassInfo pass) {
            this.pass = pass;
            getStyleClass().add("option-card");
            setId("pass-" + pass.name());
            box.setId("choose-" + pass.name());
            Label title = Controls.label(pass.title(), "strong");
            HBox head = new HBox(8, box, title, Controls.gap(), Controls.label(pass.name(), "caption"));
            head.setAlignment(Pos.CENTER_LEFT);
            head.setOnMouseClicked(e -> box.setSelected(!box.isSelected()));
            Label what = Controls.label(pass.description(), "small", "muted");
            what.setWrapText(true);
            getChildren().addAll(head, what);
            VBox fields = new VBox(6);
            pass.options().forEach(o -> {
                OptionField field = new OptionField(o);
                options.put(o.name(), field);
                fields.getChildren().add(field);
            });
            if (!pass.remark().isEmpty()) {
                Label text = Controls.label(pass.remark());
                text.setWrapText(true);
                HBox remark = new HBox(Controls.icon("mdi2a-alert", "warn"), text);
                remark.getStyleClass().add("remark");
                getChildren().add(remark);
            }
            fields.setPadding(new Insets(0, 0, 0, 26));
            box.selectedProperty().addListener((o, a, chosen) -> {
                getStyleClass().remove("chosen");
                getChildren().remove(fields);
                if (chosen) {
                    getStyleClass().add("chosen");
                    if (!fields.getChildren().isEmpty()) {
                        getChildren().add(fields);
                    }
                }
            });
        }

        /// Lets the statements that the pass takes be looked at while they are written.
        void check(Workbench workbench, BooleanSupplier first, Runnable changed) {
            Optional.ofNullable(options.get(EditByHand.SCRIPT))
                    .ifPresent(field -> field.text().ifPresent(area -> {
                        CheckedStatements checked = new CheckedStatements(workbench, area, first, changed);
                        field.say(checked.status());
                        statements = Optional.of(checked);
                    }));
        }

        boolean isWrong() {
            return statements.filter(CheckedStatements::isWrong).isPresent();
        }

        boolean chosen() {
            return box.isSelected();
        }

        /// Only what differs from the default is written into the recipe.
        Optional<Recipe.Step> step() {
            if (!chosen()) {
                return Optional.empty();
            }
            Map<String, String> given = new LinkedHashMap<>();
            options.forEach((name, field) -> {
                if (!field.value().equals(field.spec().defaultValue())) {
                    given.put(name, field.value());
                }
            });
            return Optional.of(new Recipe.Step(pass.name(), given));
        }
    }
}
