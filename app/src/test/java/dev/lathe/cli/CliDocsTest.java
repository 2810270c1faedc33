package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.profile.engine.SessionConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// docs/cli.md and what the commands say of themselves agree. `LATHE_WRITE_GOLDEN=1` writes the commands' words into
/// it.
class CliDocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/cli.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^## lathe (\\S+)\\n```text\\n(?s:(.*?))```\\n");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

    private static Map<String, CommandLine> commands() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Cli.commands(new Services(
                        request -> {
                            throw new AssertionError("no picture expected");
                        },
                        nowhere,
                        nowhere))
                .getSubcommands();
    }

    /// Of a command with commands of its own theirs, too.
    private static String usage(CommandLine command) {
        return withSubcommands(command)
                .map(c -> c.getUsageMessage(Ansi.OFF).replace("\r\n", "\n"))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CliDocsTest::withSubcommands));
    }

    @Test
    void everyCommandsSectionIsItsHelpWordForWord() throws IOException {
        Map<String, CommandLine> commands = commands();
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        if (System.getenv("LATHE_WRITE_GOLDEN") != null) {
            page = SECTION.matcher(page)
                    .replaceAll(m -> Matcher.quoteReplacement(
                            "## lathe " + m.group(1) + "\n```text\n" + usage(command(commands, m)) + "```\n"));
            Files.writeString(PAGE, page);
        }
        List<MatchResult> sections = SECTION.matcher(page).results().toList();
        assertThat(sections)
                .extracting(m -> m.group(1))
                .containsExactlyElementsOf(commands.keySet().stream()
                        .filter(n -> !n.equals("help"))
                        .toList());
        assertThat(sections).allSatisfy(m -> assertThat(m.group(2)).isEqualTo(usage(command(commands, m))));
    }

    private static CommandLine command(Map<String, CommandLine> commands, MatchResult section) {
        CommandLine found = commands.get(section.group(1));
        assertThat(found).as(section.group(1)).isNotNull();
        return found;
    }

    @Test
    void everyOptionThatTheDocsNameExists() throws IOException {
        TreeSet<String> known = commands().values().stream()
                .flatMap(CliDocsTest::withSubcommands)
                .flatMap(c -> c.getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Path page : pages()) {
            List<String> named = Files.readAllLines(page).stream()
                    .filter(line -> page.equals(PAGE) || line.contains("./lathe "))
                    .flatMap(line -> OPTION.matcher(line).results().map(MatchResult::group))
                    .toList();
            assertThat(known).as(page.toString()).containsAll(named);
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(docs.filter(p -> p.toString().endsWith(".md")), Stream.of(ROOT.resolve("README.md")))
                    .toList();
        }
    }

    @Test
    void defaultsOnThePageAreThoseThatAreUsed() {
        for (CommandLine command : commands().values()) {
            command.getCommandSpec().options().stream()
                    .filter(o -> o.longestName().equals("--level"))
                    .forEach(o -> {
                        assertThat(o.defaultValue()).isEqualTo(SessionConfig.USUAL.name());
                        assertThat(o.description()[0])
                                .contains("(" + SessionConfig.USUAL.name().toLowerCase(java.util.Locale.ROOT));
                    });
        }
    }
}
