package dev.lathe.app;

import dev.lathe.app.theme.Theme;
import dev.lathe.cli.Cli;
import dev.lathe.cli.WindowPicture;
import dev.lathe.core.LatheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;

/// The program's entry: the window, or a command without one. It does not extend `Application`: a main class
/// that does refuses to start from the class path. It touches no class of JavaFX unless a window is wanted,
/// so that commands start fast and run where there is no JavaFX.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (wantsWindow(args)) {
            Window.open(args);
        } else {
            System.exit(Cli.run(args, Picture::take));
        }
    }

    /// No arguments, or one that is a file. A file that is not there is answered on the command line: whoever typed
    /// its name looks there.
    public static boolean wantsWindow(String[] args) {
        if (args.length == 0) {
            return true;
        }
        return args.length == 1 && !args[0].startsWith("-") && Files.exists(Path.of(args[0]));
    }

    /// Apart, like the window, for `lathe screenshot`.
    private static final class Picture {
        static void take(WindowPicture.Request r) throws LatheException {
            List<Screenshot.NamedRecipe> variants = new ArrayList<>();
            r.variants().forEach((name, recipe) -> variants.add(new Screenshot.NamedRecipe(name, recipe.steps())));
            Screenshot.take(
                    new Screenshot.Request(
                            r.model(),
                            r.pane(),
                            r.dark() ? Theme.DARK : Theme.LIGHT,
                            r.width(),
                            r.height(),
                            r.runs(),
                            r.select(),
                            r.expand(),
                            r.colourBy(),
                            variants,
                            r.command(),
                            r.split(),
                            r.trace(),
                            r.press(),
                            false),
                    r.target());
        }
    }

    /// Apart, so that JavaFX is loaded only when this is called.
    private static final class Window {
        static void open(String[] args) {
            Application.launch(LatheApplication.class, args);
        }
    }
}
