package dev.lathe.app.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file dragged with the mouse out of one program into another, the real one, as a user does it. JavaFX's headless
/// platform has no drags between programs, so both are processes of their own on a real X server (`./test` brings an
/// invisible one).
class DragAndDropTest {
    private static final int TINY = 0;
    private static final int FACE = 1;
    private static final int TEXT = 2;

    @TempDir
    Path folder;

    private final List<Told> programs = new ArrayList<>();
    private Told lathe;
    private Told source;
    private String[] middle;
    private final List<String[]> rows = new ArrayList<>();

    @BeforeEach
    void twoPrograms() throws Exception {
        assumeTrue(System.getenv("DISPLAY") != null, "no DISPLAY: start it through ./test, or under xvfb-run");
        assumeTrue(onPath("xdotool"), "xdotool is not installed: nothing can move the mouse");
        List<Path> files = List.of(
                sample("mnist-cnn.onnx"),
                sample("yunet-face.onnx"),
                Files.writeString(folder.resolve("letter.onnx"), "Dear model, how are you?\n".repeat(9)));
        lathe = Told.start(WatchedLathe.Program.class, folder.resolve("settings"), List.of());
        programs.add(lathe);
        source = Told.start(
                FileSource.Program.class,
                folder.resolve("settings"),
                files.stream().map(Path::toString).toList());
        programs.add(source);
        middle = lathe.hear("middle").split(" ");
        for (Path file : files) {
            rows.add(source.hear("row").split(" "));
            assertThat(file).exists();
        }
    }

    @AfterEach
    void end() throws Exception {
        if (!programs.isEmpty()) {
            xdotool("mouseup", "1");
        }
        programs.forEach(Told::close);
    }

    @Test
    void aModelIsDroppedReplacedByAnotherAndABadFileTakesNothingAway() throws Exception {
        drag(TINY);
        assertThat(lathe.hear("opened")).isEqualTo("mnist-cnn.onnx");
        drag(TEXT);
        assertThat(lathe.hear("failed")).isNotEmpty();
        drag(FACE);
        assertThat(lathe.hear("opened")).isEqualTo("yunet-face.onnx");
    }

    @Test
    void closingTheWindowInTheMiddleOfARunLeavesNoProcess() throws Exception {
        lathe.hear("machine");
        drag(TINY);
        lathe.hear("opened");
        lathe.order("run");
        lathe.hear("measured");
        List<ProcessHandle> workers;
        try (Stream<ProcessHandle> all = lathe.handle().descendants()) {
            workers = all.toList();
        }
        assertThat(workers).as("the worker that hosts the engine").isNotEmpty();
        lathe.order("close");
        for (ProcessHandle each : workers) {
            var unused = each.onExit().get(20, TimeUnit.SECONDS);
        }
        var unused = lathe.handle().onExit().get(20, TimeUnit.SECONDS);
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
    }

    /// Presses on a row, moves in small steps (a drag is only detected when the pointer moves) until the window says
    /// that it is dragged over, and lets go.
    private void drag(int row) throws Exception {
        int fromX = Integer.parseInt(rows.get(row)[1]);
        int fromY = Integer.parseInt(rows.get(row)[2]);
        int toX = Integer.parseInt(middle[0]);
        int toY = Integer.parseInt(middle[1]);
        move(fromX, fromY);
        xdotool("mousedown", "1");
        int step = 0;
        do {
            move(fromX - 4 * step, fromY);
            step = Math.min(step + 1, 20);
        } while (!source.hearsSoon("dragging"));
        for (int i = 1; i <= 10; i++) {
            move(fromX + (toX - fromX) * i / 10, fromY + (toY - fromY) * i / 10);
        }
        // The source tells the next place only after the answer to the last one: the third “over” in the middle of the
        // window proves that the source knows that it may let go.
        lathe.forget();
        for (int over = 0, i = 0; over < 3; i++) {
            move(toX + i % 5, toY);
            over += lathe.hearsSoon("over") ? 1 : 0;
        }
        xdotool("mouseup", "1");
        assertThat(source.hear("ended")).isNotEqualTo("null");
    }

    private static void move(int x, int y) throws Exception {
        xdotool("mousemove", Integer.toString(x), Integer.toString(y));
    }

    private static void xdotool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("xdotool"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("xdotool ended").isTrue();
        assertThat(process.exitValue()).as("xdotool").isZero();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":")).anyMatch(f -> Files.isExecutable(Path.of(f, program)));
    }

    private Path sample(String name) throws IOException {
        Path target = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(
                DragAndDropTest.class.getResourceAsStream("/dev/lathe/assets/samples/" + name))) {
            Files.copy(in, target);
        }
        return target;
    }
}
