package dev.lathe.cli;

import dev.lathe.core.JobCancelledException;
import dev.lathe.core.LatheException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// The command line: parses, runs one command, and turns how it ended into an exit code. 0 done, 2 wrong
/// usage, 3 bad input (one line on standard error), 130 interrupted, 1 our fault or the machine's. See [ExitCode].
public final class Cli {
    private static final Pattern NO_SUBCOMMAND = Pattern.compile("^Unknown subcommand '(.*)'");

    private Cli() {}

    /// Runs the command in `args` with output to this process's streams.
    public static int run(String[] args, WindowPicture picture) {
        return run(
                args,
                picture,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /// The same with given streams, for tests.
    public static int run(String[] args, WindowPicture picture, PrintWriter out, PrintWriter err) {
        try (Services services = new Services(picture, out, err)) {
            CommandLine line = commands(services)
                    .setOut(out)
                    .setErr(err)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setParameterExceptionHandler((e, words) -> misused(e, words, err))
                    .setExecutionExceptionHandler(
                            (e, command, parsed) -> services.interrupted() ? cancelled(err) : failed(e, err));
            int code = executed(line, args, err);
            out.flush();
            err.flush();
            return code;
        }
    }

    /// Errors pass by the handler of exceptions, and would end as a stack trace.
    private static int executed(CommandLine line, String[] args, PrintWriter err) {
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            return noMemory(e, err);
        } catch (LinkageError | StackOverflowError e) {
            return ourFault(e, err);
        }
    }

    /// Every command with its options.
    static CommandLine commands(Services services) {
        return new CommandLine(new Lathe())
                .addSubcommand(new InspectCommand(services))
                .addSubcommand(new RunCommand(services))
                .addSubcommand(new OptimizeCommand(services))
                .addSubcommand(new EditCommand(services))
                .addSubcommand(new CompareCommand(services))
                .addSubcommand(new SplitCommand(services))
                .addSubcommand(new ReportCommand(services))
                .addSubcommand(new DevicesCommand(services))
                .addSubcommand("packs", PacksCommand.of(services))
                .addSubcommand(new ScreenshotCommand(services));
    }

    /// Two lines: what is wrong, and where the help is. An option that does not exist is told first, whatever
    /// else is missing.
    private static int misused(CommandLine.ParameterException e, String[] words, PrintWriter err) {
        CommandLine.Model.CommandSpec spec = e.getCommandLine().getCommandSpec();
        Optional<String> stranger = noCommand(e);
        if (stranger.isPresent()) {
            CommandNames.Answer answer = CommandNames.to(
                    stranger.get(),
                    e.getCommandLine().getSubcommands().keySet().stream()
                            .filter(n -> !n.equals("help"))
                            .toList());
            err.println("lathe: " + oneLine(answer.line()));
            err.println("Try '" + spec.qualifiedName() + " --help'.");
            return answer.code();
        }
        String message = Arrays.stream(words)
                .filter(w -> w.startsWith("--") && w.length() > 2)
                .map(w -> w.contains("=") ? w.substring(0, w.indexOf('=')) : w)
                .filter(w -> !spec.optionsMap().containsKey(w))
                .findFirst()
                .map(w -> "Unknown option: '" + w + "'")
                .orElse(e.getMessage());
        err.println("lathe: " + oneLine(String.valueOf(message)));
        err.println("Try '" + spec.qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /// The word that stands where a command should, if that is what is wrong.
    private static Optional<String> noCommand(CommandLine.ParameterException e) {
        if (e.getCommandLine().getParent() != null) {
            return Optional.empty();
        }
        return switch (e) {
            case CommandLine.UnmatchedArgumentException unmatched ->
                unmatched.getUnmatched().stream().findFirst().filter(w -> !w.startsWith("-"));
            // `lathe help bogus`: picocli has the word only in its message.
            case CommandLine.ParameterException other -> {
                Matcher word = NO_SUBCOMMAND.matcher(String.valueOf(other.getMessage()));
                yield word.find() ? Optional.of(word.group(1)) : Optional.empty();
            }
        };
    }

    private static int failed(Exception e, PrintWriter err) {
        return switch (e) {
            case LatheException problem -> {
                err.println("lathe: " + oneLine(problem.diagnostic().line()));
                yield ExitCode.of(problem.diagnostic());
            }
            case JobCancelledException cancelled -> cancelled(err);
            default -> {
                for (Throwable t = e; t != null; t = t.getCause()) {
                    if (t instanceof OutOfMemoryError memory) {
                        yield noMemory(memory, err);
                    }
                }
                yield ourFault(e, err);
            }
        };
    }

    private static int ourFault(Throwable e, PrintWriter err) {
        err.println(
                "lathe: an error in Lathe itself: " + oneLine(e.toString()) + " (set LATHE_DEBUG=1 for the details)");
        details(e);
        return ExitCode.OUR_FAULT;
    }

    /// The machine's trouble or a model's size: what helps is more memory.
    private static int noMemory(OutOfMemoryError e, PrintWriter err) {
        long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
        err.println("lathe: not enough memory (" + oneLine(String.valueOf(e.getMessage())) + "; Java's heap may take "
                + mebibytes + " MiB). Close other programs, or allow more, e.g. JAVA_TOOL_OPTIONS=-Xmx"
                + Math.max(1, 2 * mebibytes >> 10) + "g.");
        details(e);
        return ExitCode.OUR_FAULT;
    }

    private static void details(Throwable e) {
        if (System.getenv("LATHE_DEBUG") != null) {
            System.getLogger(Cli.class.getName()).log(System.Logger.Level.ERROR, "The details", e);
        }
    }

    /// The code counts only where the system's own (128 + the signal) does not.
    private static int cancelled(PrintWriter err) {
        err.println("lathe: cancelled");
        return ExitCode.INTERRUPTED;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }

    /// The root command: only its help and version.
    @Command(
            name = "lathe",
            description =
                    "Shows what a neural-network model costs on this machine, and makes it smaller, faster and split.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            subcommands = HelpCommand.class,
            footer = {
                "",
                "Without a command, or with only a model file, the window opens.",
                "Exit code: 0 done, 1 our fault, 2 wrong usage, 3 bad input, 130 interrupted."
            })
    static final class Lathe implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                throw new CommandLine.ParameterException(spec.commandLine(), "Missing command.");
            }
        }
    }
}
