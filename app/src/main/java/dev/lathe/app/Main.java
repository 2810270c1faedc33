package dev.lathe.app;

import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.Application;

/// The program's entry: the window, or a command without one. It does not extend `Application`: a main class that does
/// refuses to start from the class path. It touches no class of JavaFX unless a window is wanted, so that commands
/// start
/// fast and run where there is no JavaFX.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (wantsWindow(args)) {
            Window.open(args);
        } else {
            System.err.println("lathe: this build has the window only");
            System.exit(2);
        }
    }

    /// No arguments, or one that is a file and not a command.
    static boolean wantsWindow(String[] args) {
        if (args.length == 0) {
            return true;
        }
        return args.length == 1
                && !args[0].startsWith("-")
                && (args[0].contains("/")
                        || args[0].contains("\\")
                        || args[0].contains(".")
                        || Files.exists(Path.of(args[0])));
    }

    /// Apart, so that JavaFX is loaded only when this is called.
    private static final class Window {
        static void open(String[] args) {
            Application.launch(LatheApplication.class, args);
        }
    }
}
