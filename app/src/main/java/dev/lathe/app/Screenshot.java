package dev.lathe.app;

import dev.lathe.app.theme.Theme;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.optimize.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;

/// A picture of the real window, taken off screen: for the manual, for tests, and for looking at what one builds.
public final class Screenshot {
    /// What is to be on the picture. `pane` is the tab in front; `select` a layer by name; `variants` are the
    /// recipes of variants to make first; `runs` > 0 measures each variant; `command` is the id of a command whose
    /// popover is to be open; `split` are the ids of devices that the model is split over, measured with
    /// `runs`; `trace` is a trace file that the Timeline shows; `press` are ids of buttons to press then, and of
    /// fields with the text to write, as `id=text`.
    /// Short messages are on it only with `toasts`: they say what was done last, of no interest later.
    public record Request(
            Optional<Path> model,
            Optional<String> pane,
            Theme theme,
            int width,
            int height,
            int runs,
            Optional<String> select,
            List<String> expand,
            Optional<String> colourBy,
            List<NamedRecipe> variants,
            Optional<String> command,
            List<String> split,
            Optional<Path> trace,
            List<String> press,
            boolean toasts) {
        public Request {
            expand = List.copyOf(expand);
            variants = List.copyOf(variants);
            split = List.copyOf(split);
            press = List.copyOf(press);
        }

        public static Request of(Optional<Path> model, Theme theme, int width, int height) {
            return new Request(
                    model,
                    Optional.empty(),
                    theme,
                    width,
                    height,
                    0,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    false);
        }
    }

    /// A variant to make.
    public record NamedRecipe(String name, List<Recipe.Step> steps) {
        public NamedRecipe {
            steps = List.copyOf(steps);
        }
    }

    private Screenshot() {}

    /// Starts the window in this process, brings it to the wanted state and writes the picture. Once per process, and
    /// never on the FX thread. On Linux it draws on JavaFX's headless platform.
    ///
    /// @throws LatheException when the model cannot be opened or run, or the picture cannot be written
    public static void take(Request request, Path target) throws LatheException {
        // Whatever display there is: one that refuses ends the command, and GTK writes warnings to standard error.
        if (isLinux() && System.getProperty("glass.platform") == null) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("java.awt.headless", "true"); // the JDK's own graphics, which know the fonts
        }
        if (System.getProperty("prism.order") == null) {
            System.setProperty("prism.order", "sw"); // the same pixels on every machine
        }
        CountDownLatch started = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        Platform.startup(started::countDown);
        try {
            started.await();
            Path configuration = Files.createTempDirectory("lathe-picture");
            try {
                ScreenshotScript script = new ScreenshotScript(request, configuration);
                script.run(target);
            } finally {
                deleteTree(configuration);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "the picture cannot be written (" + FileReason.of(e) + ").",
                            Place.file(target)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new dev.lathe.core.JobCancelledException();
        } finally {
            Platform.exit();
        }
    }

    private static boolean isLinux() {
        return System.getProperty("os.name", "")
                .toLowerCase(java.util.Locale.ROOT)
                .contains("linux");
    }

    private static void deleteTree(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path p : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        }
    }
}
