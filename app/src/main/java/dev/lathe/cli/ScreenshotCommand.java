package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.optimize.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe screenshot`: the real window as a picture.
@Command(
        name = "screenshot",
        description = "Draws the real window, off screen, into a PNG file.",
        mixinStandardHelpOptions = true)
final class ScreenshotCommand implements Callable<Integer> {
    private final Services services;

    /// The two themes.
    enum Theme {
        LIGHT,
        DARK
    }

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Model to open; without one, the start page.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--pane",
            paramLabel = "NAME",
            description =
                    "Bottom pane in front: live, layers, timeline, memory, roofline, sweep, values, schedule, compare,"
                            + " findings, jobs.")
    private Optional<String> pane = Optional.empty();

    @Option(names = "--theme", defaultValue = "DARK", description = "light or dark (dark).")
    private Theme theme = Theme.DARK;

    @Option(
            names = "--size",
            defaultValue = "1600x1000",
            paramLabel = "WxH",
            description = "Size in pixels (${DEFAULT-VALUE}).")
    private String size = "1600x1000";

    @Option(names = "--runs", defaultValue = "0", paramLabel = "N", description = "Run the model N times first.")
    private int runs;

    @Option(names = "--select", paramLabel = "NODE", description = "Select this node.")
    private Optional<String> select = Optional.empty();

    @Option(names = "--expand", paramLabel = "BLOCK", description = "Open this block of the graph; repeatable.")
    private List<String> expand = new ArrayList<>();

    @Option(
            names = "--colour-by",
            paramLabel = "WHAT",
            description = "time, memory (or bytes), FLOPs, parameters, dtype, device or stage.")
    private Optional<String> colourBy = Optional.empty();

    @Option(
            names = "--variant",
            paramLabel = "[NAME=]PASS[+PASS…]|F.json",
            description = "Add this variant first; repeatable.")
    private List<String> variants = new ArrayList<>();

    @Option(names = "--command", paramLabel = "ID", description = "Give this command of the window last, e.g. split.")
    private Optional<String> command = Optional.empty();

    @Option(
            names = "--split",
            split = ",",
            paramLabel = "DEVICE",
            description = "Split the model over these devices, e.g. cpu:0,cpu:1; with --runs it is measured.")
    private List<String> split = new ArrayList<>();

    @Option(
            names = "--trace",
            paramLabel = "F.json",
            description = "Open this trace file in the timeline, which is then in front unless --pane says otherwise.")
    private Optional<Path> trace = Optional.empty();

    @Option(
            names = "--press",
            paramLabel = "ID[=TEXT]",
            description =
                    "Press this button of the window, or write TEXT into this field, when all else is done, and wait"
                            + " for what it starts; repeatable, e.g. sweep-values=1,2,4 and then sweep-start.")
    private List<String> press = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "F.png",
            description = "The picture.")
    private Path target = Path.of("");

    ScreenshotCommand(Services services) {
        this.services = services;
    }

    private void needModel() throws LatheException {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--select", select.isPresent());
        given.put("--expand", !expand.isEmpty());
        given.put("--variant", !variants.isEmpty());
        given.put("--split", !split.isEmpty());
        given.put("--trace", trace.isPresent());
        given.put("--runs", runs > 0);
        for (Map.Entry<String, Boolean> option : given.entrySet()) {
            if (option.getValue()) {
                throw TargetOptions.wrong(option.getKey(), "that is about a model; give MODEL too.");
            }
        }
    }

    @Override
    public Integer call() throws LatheException {
        String[] wh = size.split("[x×]");
        int width;
        int height;
        try {
            width = Integer.parseInt(wh[0]);
            height = Integer.parseInt(wh[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw TargetOptions.wrong("--size", "'" + size + "' is not WIDTHxHEIGHT.");
        }
        if (width < 320 || height < 240 || width > 8192 || height > 8192) {
            throw TargetOptions.wrong("--size", "a window is between 320x240 and 8192x8192.");
        }
        if (runs < 0) {
            throw TargetOptions.wrong("--runs", "a number of runs is not negative.");
        }
        if (model.isEmpty()) {
            needModel();
        }
        for (String device : split) {
            TargetOptions.device(device, "--split");
        }
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        for (String v : variants) {
            int name = v.indexOf("=");
            // An option of a pass has a = too, behind its colon.
            boolean named = name > 0 && !v.substring(0, name).contains(":");
            Recipe recipe = VariantArguments.recipe(named ? v.substring(name + 1) : v);
            if (recipes.put(named ? v.substring(0, name) : v, recipe) != null) {
                throw TargetOptions.wrong("--variant", "there are two variants '" + v + "': give them names.");
            }
        }
        OutputFile.checkReplaceable("-o", target);
        OutputsApart unused = new OutputsApart()
                .and("-o", Optional.of(target))
                .from(Stream.concat(model.stream(), trace.stream()).toList());
        services.picture()
                .take(new WindowPicture.Request(
                        model,
                        pane,
                        theme == Theme.DARK,
                        width,
                        height,
                        runs,
                        select,
                        expand,
                        colourBy,
                        recipes,
                        command,
                        split,
                        trace,
                        press,
                        target));
        return 0;
    }
}
