package dev.lathe.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class FactRowsTest {
    private static final String LONG = "model/relu;".repeat(40) + "model/conv";

    private final FactRows numbers = new FactRows();
    private final FactRows names = new FactRows();

    @Start
    void start(Stage stage) {
        numbers.add("peak", "4 MiB", "");
        names.addName("peak during", LONG);
        stage.setScene(new Scene(new javafx.scene.layout.VBox(numbers, names), 240, 200));
        stage.show();
    }

    @Test
    void aNameTakesOneLineHoweverLongItIsAndIsToldWholeOnThePointer(FxRobot robot) {
        assertThat(names.prefHeight(220)).isEqualTo(numbers.prefHeight(220));
        Label value = robot.lookup((Label l) -> l.getText().equals(LONG)).query();
        assertThat(value.getTooltip().getText()).isEqualTo(LONG);
    }
}
