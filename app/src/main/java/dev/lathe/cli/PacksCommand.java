package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.pack.Pack;
import dev.lathe.profile.pack.PackInstaller;
import dev.lathe.profile.pack.PackManifest;
import dev.lathe.profile.pack.PackSource;
import dev.lathe.profile.pack.PackStatus;
import dev.lathe.profile.pack.Packs;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe packs`: the libraries that let models run on other devices than the CPU, and by other engines.
@Command(
        name = "packs",
        description =
                "Lists, adds and removes packs: engine libraries for other devices than the CPU, and other engines.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class PacksCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private PacksCommand() {}

    /// With its own subcommands.
    static CommandLine of(Services services) {
        return new CommandLine(new PacksCommand())
                .addSubcommand(new ListCommand(services))
                .addSubcommand(new AddCommand(services))
                .addSubcommand(new RemoveCommand(services));
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: list, add or remove.");
        }
    }

    /// `lathe packs list`: what is here, and what could be.
    @Command(
            name = "list",
            description = "Lists the packs that are here and those that can be added.",
            mixinStandardHelpOptions = true)
    static final class ListCommand implements Callable<Integer> {
        private final Services services;

        @Option(names = "--json", paramLabel = "F", description = "Write the list as JSON to F ('-': standard output).")
        private Optional<String> json = Optional.empty();

        ListCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() throws LatheException {
            OutputFile.check("--json", json.map(Path::of));
            Packs packs = Packs.ofThisUser();
            List<PackStatus> all = packs.list();
            if (json.isPresent()) {
                Map<String, Object> j = new LinkedHashMap<>();
                j.put("folder", packs.folder().toString());
                j.put("runtimeVersion", packs.runtimeVersion());
                j.put("platform", packs.platform());
                j.put("packs", all.stream().map(ListCommand::json).toList());
                JsonOut.write(j, json.get(), services.out());
            }
            if (json.filter("-"::equals).isEmpty()) {
                all.forEach(s -> services.out().printf("%-10s %s · %s%n", s.id(), s.title(), words(s)));
            }
            return 0;
        }

        private static String words(PackStatus s) {
            String size = s.pack()
                    .map(p -> ", " + Amounts.bytes(p.manifest().bytes()))
                    .orElse("");
            return switch (s.availability()) {
                case Availability.Ready r -> "ready (" + r.detail() + size + ")";
                case Availability.Missing m ->
                    m.reason() + " " + m.remedy()
                            + s.source()
                                    .filter(p -> s.pack().isEmpty() && s.canBeAdded())
                                    .map(p -> " (" + Amounts.bytes(p.bytes()) + " to get)")
                                    .orElse("");
            };
        }

        private static Map<String, @Nullable Object> json(PackStatus s) {
            Map<String, @Nullable Object> j = new LinkedHashMap<>();
            j.put("id", s.id());
            j.put("title", s.title());
            j.put("providers", s.providers().stream().map(ExecutionProvider::id).toList());
            switch (s.availability()) {
                case Availability.Ready r -> {
                    j.put("available", true);
                    j.put("detail", r.detail());
                }
                case Availability.Missing m -> {
                    j.put("available", false);
                    j.put("reason", m.reason());
                    j.put("remedy", m.remedy());
                }
            }
            j.put("folder", s.pack().map(p -> p.folder().toString()).orElse(null));
            j.put("bytes", s.pack().map(p -> p.manifest().bytes()).orElse(null));
            Optional<PackManifest> manifest = s.pack().map(Pack::manifest);
            j.put("runtime", s.runtime().title());
            j.put("runtimeVersion", manifest.map(PackManifest::runtimeVersion).orElse(null));
            j.put("origin", manifest.map(PackManifest::origin).orElse(null));
            j.put("sourceSha256", manifest.map(PackManifest::sourceSha256).orElse(null));
            return j;
        }
    }

    /// `lathe packs add`: gets a package, or takes it as a file, checks and unpacks it.
    @Command(
            name = "add",
            description = "Adds a pack: gets its package with npm or Maven, as these are set up here, or takes it from "
                    + "a file; checks its SHA-256 and unpacks it.",
            mixinStandardHelpOptions = true)
    static final class AddCommand implements Callable<Integer> {
        private final Services services;

        @Parameters(paramLabel = "NAME", description = "Pack, see 'lathe packs list'.")
        private String name = "";

        @Option(
                names = "--from",
                paramLabel = "FILE",
                description = "The package as a file (.tgz or .jar) that was got elsewhere.")
        private Optional<Path> from = Optional.empty();

        AddCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() throws LatheException {
            Packs packs = Packs.ofThisUser();
            PackSource source = packs.source(name);
            if (from.isEmpty() && isReady(packs)) {
                services.out().printf("%s is there already.%n", name);
                return 0;
            }
            PackInstaller installer = new PackInstaller(packs);
            Pack pack;
            try (TerminalProgress job = new TerminalProgress(services.job(), services.err(), "")) {
                pack = from.isPresent() ? installer.add(source, from.get(), job) : installer.obtain(source, job);
            }
            services.out()
                    .printf(
                            "Added %s: %s %s%s, %s.%n",
                            name,
                            pack.manifest().runtime().title(),
                            pack.manifest().runtimeVersion(),
                            with(pack.manifest().providers()),
                            Amounts.bytes(pack.manifest().bytes()));
            return 0;
        }

        private static String with(List<ExecutionProvider> providers) {
            return providers.isEmpty()
                    ? ""
                    : " with "
                            + providers.stream().map(ExecutionProvider::title).collect(Collectors.joining(", "));
        }

        private boolean isReady(Packs packs) {
            return packs.list().stream()
                    .filter(s -> s.id().equals(name))
                    .anyMatch(s -> s.availability() instanceof Availability.Ready);
        }
    }

    /// `lathe packs remove`: deletes a pack's folder.
    @Command(name = "remove", description = "Removes a pack from this machine.", mixinStandardHelpOptions = true)
    static final class RemoveCommand implements Callable<Integer> {
        private final Services services;

        @Parameters(paramLabel = "NAME", description = "Pack, see 'lathe packs list'.")
        private String name = "";

        RemoveCommand(Services services) {
            this.services = services;
        }

        @Override
        public Integer call() throws LatheException {
            Packs.ofThisUser().remove(name);
            services.out().printf("Removed %s.%n", name);
            return 0;
        }
    }
}
