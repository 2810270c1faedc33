package dev.lathe.app.variants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.app.fixture.VariantsFixture;
import dev.lathe.app.project.Action;
import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.Store;
import dev.lathe.app.theme.Look;
import dev.lathe.app.theme.Theme;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// That the tree of variants shows its words whole at the width that it has in the window.
@ExtendWith(ApplicationExtension.class)
class VariantsViewTest {
    private final EncoderFixture encoder = new EncoderFixture();
    private final Store store = new Store(Runnable::run);

    @Start
    void start(Stage stage) {
        VariantsFixture.tell(store, encoder);
        VariantsView view = new VariantsView(new VariantsViewModel(store), Runnable::run, () -> {}, () -> {});
        Scene scene = new Scene(view, 280, 300);
        new Look(Theme.DARK).wear(scene);
        stage.setScene(scene);
        stage.show();
    }

    @Test
    void wordsOfSpeedAreWhole(FxRobot robot) {
        for (double factor : List.of(0.1, 0.93, 1.0, 1.02, 1.09, 9.9)) {
            robot.interact(() -> store.dispatch(new Action.MeasurementArrived(
                    new Attempt(1), VariantsFixture.HALF, encoder.analysis().model(), encoder.run(factor))));
            WaitForAsyncUtils.waitForFxEvents(20);
            Set<Label> words = robot.lookup(".variant-gain").<Label>queryAll();
            assertThat(words.stream().map(Label::getText).collect(Collectors.joining(" ")))
                    .as("factor " + factor)
                    .containsAnyOf("faster", "slower", "same speed");
            assertThat(words.stream().filter(Label::isTextTruncated).map(Label::getText))
                    .as("cut at factor " + factor)
                    .isEmpty();
        }
    }
}
