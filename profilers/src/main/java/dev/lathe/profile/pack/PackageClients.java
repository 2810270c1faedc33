package dev.lathe.profile.pack;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The programs by which packages are got, where they are installed: npm and Maven. They take the user's own settings,
/// registries and proxies; Lathe names none.
///
/// `path` are the folders in which programs are looked for.
record PackageClients(List<Path> path) {
    private static final String OUTPUT = "output.txt";
    private static final long LOOK_MILLIS = 50;
    private static final long END_SECONDS = 5;
    private static final int LINES = 2;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    PackageClients {
        path = List.copyOf(path);
    }

    static PackageClients ofThisMachine() {
        String given = System.getenv("PATH");
        return new PackageClients(Stream.of((given == null ? "" : given).split(File.pathSeparator))
                .filter(s -> !s.isBlank())
                .map(Path::of)
                .toList());
    }

    /// The package as a file in `folder`, which should be empty.
    ///
    /// @throws LatheException when there is no client, or it cannot get the package
    Path get(PackSource source, Path folder, JobContext job) throws LatheException {
        String program = program(source);
        Path client = find(program).orElseThrow(() -> missing(source, program));
        job.progress(-1, program + " gets " + source.coordinates() + " (" + Math.round(source.bytes() / 1e6) + " MB)");
        run(source, program, command(client, source, folder), folder, job);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{tgz,jar}")) {
            for (Path f : files) {
                return f;
            }
        } catch (IOException e) {
            throw failed(source, program, FileReason.of(e));
        }
        throw failed(source, program, "it ended without an error, and without the package");
    }

    private static String program(PackSource source) {
        return switch (source.client()) {
            case NPM -> "npm";
            case MAVEN -> "mvn";
        };
    }

    private static List<String> command(Path client, PackSource source, Path folder) {
        return switch (source.client()) {
            case NPM -> List.of(client.toString(), "pack", source.coordinates());
            case MAVEN ->
                List.of(
                        client.toString(),
                        "-q",
                        "-B",
                        "dependency:copy",
                        "-Dartifact=" + source.coordinates(),
                        "-DoutputDirectory=" + folder);
        };
    }

    private Optional<Path> find(String program) {
        List<String> names =
                File.pathSeparatorChar == ';' ? List.of(program + ".cmd", program + ".exe") : List.of(program);
        return path.stream()
                .flatMap(folder -> names.stream().map(folder::resolve))
                .filter(f -> Files.isRegularFile(f) && Files.isExecutable(f))
                .findFirst();
    }

    private static void run(PackSource source, String program, List<String> command, Path folder, JobContext job)
            throws LatheException {
        Path output = folder.resolve(OUTPUT);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .start();
            await(process, job);
            if (process.exitValue() != 0) {
                throw failed(source, program, lastWords(output, process.exitValue()));
            }
        } catch (IOException e) {
            throw failed(source, program, FileReason.of(e));
        }
    }

    private static File nothing() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private static void await(Process process, JobContext job) {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (job.cancelled()) {
                    throw new JobCancelledException();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobCancelledException();
        } finally {
            end(process);
        }
    }

    /// Clients are scripts that start the program proper. It is waited for, since it writes into a folder that is
    /// removed next.
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        // The script first: it would go on with its next command.
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture<?>[] ends = Stream.concat(Stream.of(process.toHandle()), started.stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The system has been told to end it; one that hangs in the kernel is not worth more.
        }
    }

    /// The first lines that speak of an error, else the last; without their colours, and Maven's mark of errors.
    private static String lastWords(Path output, int exit) {
        List<String> lines;
        try {
            // Whatever bytes it prints.
            String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            lines = text.lines().map(l -> COLOUR.matcher(l).replaceAll("")).toList();
        } catch (IOException e) {
            return "exit code " + exit;
        }
        List<String> errors =
                said(lines.stream().filter(l -> l.toLowerCase(Locale.ROOT).contains("err")));
        List<String> all = said(lines.stream());
        List<String> told = errors.isEmpty()
                ? all.subList(Math.max(0, all.size() - LINES), all.size())
                : errors.subList(0, Math.min(LINES, errors.size()));
        return "exit code " + exit + (told.isEmpty() ? "" : ", " + String.join(" | ", told));
    }

    private static List<String> said(Stream<String> lines) {
        return lines.map(l -> l.replace("[ERROR]", "").strip())
                .filter(l -> !l.isEmpty())
                .toList();
    }

    private static LatheException missing(PackSource source, String program) {
        String install = switch (source.client()) {
            case NPM -> "Install npm (it comes with Node.js)";
            case MAVEN -> "Install Maven";
        };
        return new LatheException(Diagnostic.error(
                        "client-missing",
                        "pack " + source.id() + " is made of " + source.coordinates() + ", which " + program
                                + " gets, and " + program + " is not installed.",
                        Place.nowhere())
                .withRemedy(install + ", or get the package elsewhere and add the file: lathe packs add " + source.id()
                        + " --from FILE"));
    }

    private static LatheException failed(PackSource source, String program, String why) {
        return new LatheException(Diagnostic.error(
                        "client-failed",
                        program + " could not get " + source.coordinates() + ": " + why + ".",
                        Place.nowhere())
                .withRemedy(
                        "Get the package elsewhere and add the file: lathe packs add " + source.id() + " --from FILE"));
    }
}
