package dev.lathe.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.TinyModel;
import dev.lathe.app.theme.Theme;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Jobs;
import dev.lathe.core.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Names for a picture of the window that do not exist are answered with those that do.
@ExtendWith(ApplicationExtension.class)
class ScreenshotNamesTest {
    @TempDir
    private static Path folder;

    private LatheWindow window;

    @Start
    void start(Stage stage) {
        window = Wiring.window(folder, new Jobs(), new FakeServices().services());
        stage.setScene(window.scene());
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(900);
        stage.setHeight(600);
        stage.show();
        window.begin();
    }

    @AfterEach
    void close() throws Exception {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> window.end());
        FxToolkit.cleanupStages();
    }

    @Test
    void aPaneACommandAndAColourThatDoNotExistAreToldWithThoseThatDo() throws Exception {
        assertThat(ofTheWindow(Optional.of("nosuch"), Optional.empty(), Optional.empty()))
                .contains("--pane", "'nosuch'", "Live, Layers");
        assertThat(ofTheWindow(Optional.empty(), Optional.of("nosuch"), Optional.empty()))
                .contains("--colour-by", "'nosuch'", "time, memory");
        for (String colour : List.of("memory", "bytes", "flops", "FLOPs", "stage")) {
            assertThat(ofTheWindow(Optional.empty(), Optional.of(colour), Optional.empty()))
                    .as(colour)
                    .isEmpty();
        }
        assertThat(ofTheWindow(Optional.empty(), Optional.empty(), Optional.of("nosuch")))
                .contains("--command", "'nosuch'", "split");
        assertThat(ofTheWindow(Optional.of("layers"), Optional.of("TIME"), Optional.of("split")))
                .isEmpty();
    }

    @Test
    void aNodeAndABlockThatDoNotExistAreToldWithThoseThatDo() throws Exception {
        Path file = TinyModel.file(folder);
        WaitForAsyncUtils.asyncFx(() -> window.workbench().open(file)).get();
        WaitForAsyncUtils.waitFor(
                60,
                TimeUnit.SECONDS,
                () -> window.workbench().store().state().shownModel().isPresent());
        String node = window.workbench()
                .store()
                .state()
                .shownModel()
                .orElseThrow()
                .graph()
                .nodes()
                .getFirst()
                .shownName();
        assertThat(ofTheModel(Optional.of("nosuch"), List.of())).contains("--select", "'nosuch'", node);
        assertThat(ofTheModel(Optional.empty(), List.of("nosuch"))).contains("--expand", "'nosuch'", "; there ");
        assertThat(ofTheModel(Optional.of(node), List.of())).isEmpty();
    }

    private String ofTheWindow(Optional<String> pane, Optional<String> colour, Optional<String> command)
            throws Exception {
        ScreenshotNames names =
                new ScreenshotNames(request(pane, Optional.empty(), List.of(), colour, command), window);
        return words(WaitForAsyncUtils.asyncFx(names::ofTheWindow).get());
    }

    private String ofTheModel(Optional<String> select, List<String> expand) throws Exception {
        ScreenshotNames names = new ScreenshotNames(
                request(Optional.empty(), select, expand, Optional.empty(), Optional.empty()), window);
        return words(WaitForAsyncUtils.asyncFx(names::ofTheModel).get());
    }

    private static String words(Optional<Diagnostic> problem) {
        problem.ifPresent(p -> assertThat(p.place()).isInstanceOf(Place.AtOption.class));
        return problem.map(Diagnostic::line).orElse("");
    }

    private static Screenshot.Request request(
            Optional<String> pane,
            Optional<String> select,
            List<String> expand,
            Optional<String> colour,
            Optional<String> command) {
        return new Screenshot.Request(
                Optional.empty(),
                pane,
                Theme.DARK,
                400,
                300,
                0,
                select,
                expand,
                colour,
                List.of(),
                command,
                List.of(),
                Optional.empty(),
                List.of(),
                false);
    }
}
