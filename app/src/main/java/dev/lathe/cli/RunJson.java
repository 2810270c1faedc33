package dev.lathe.cli;

import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.ProfileRun;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A measurement as `lathe run --json` writes it, for who keeps measurements: `lathe compare` reads them.
public final class RunJson {
    /// What the field `kind` says in such a file.
    public static final String KIND = RunFile.KIND;

    private RunJson() {}

    /// @param file that the model lies in
    public static Map<String, @Nullable Object> of(Path file, Analysis analysis, ProfileRun run) {
        return RunResult.of(file, analysis, run).json();
    }
}
