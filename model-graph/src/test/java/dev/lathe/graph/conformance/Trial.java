package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Damaged models through everything that reads them: opened, analysed, verified, printed and exported, or refused in
/// words. Collects those that end otherwise, or take much time or memory.
final class Trial {
    /// Processor time of one file.
    private static final long MOST_NANOS = 2_000_000_000L;
    /// What one file may allocate: this, and a multiple of its size.
    private static final long MOST_BYTES = 48L << 20;

    private static final long MOST_BYTES_PER_BYTE = 500;
    /// So many are enough to see what is wrong.
    private static final int MOST_WRONG = 10;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Path exported;
    private final List<String> wrong = new ArrayList<>();
    private int read;

    /// @param exported where models are exported to
    Trial(Path exported) {
        this.exported = exported;
    }

    interface Opening {
        Model open() throws LatheException;
    }

    /// @param size in bytes
    /// @param shown the content as it is told when something is wrong
    void of(Opening opening, long size, String shown) {
        long nanos = thread.getCurrentThreadCpuTime();
        long bytes = thread.getCurrentThreadAllocatedBytes();
        try {
            Model model = opening.open();
            Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
            assertThat(Verifier.of(analysis, JobContext.quiet())).isNotNull();
            assertThat(GraphText.print(model, 16)).isNotEmpty();
            Formats.export(model, exported, JobContext.quiet());
            read++;
        } catch (LatheException refused) {
            if (refused.diagnostic().message().isBlank()) {
                wrong.add("refused without a word: " + shown);
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            StackTraceElement[] at = e.getStackTrace();
            wrong.add(e + " at " + Arrays.asList(at).subList(0, Math.min(6, at.length)) + ": " + shown);
        }
        long took = thread.getCurrentThreadCpuTime() - nanos;
        long used = thread.getCurrentThreadAllocatedBytes() - bytes;
        if (took > MOST_NANOS || used > MOST_BYTES + MOST_BYTES_PER_BYTE * size) {
            wrong.add("took " + took / 1_000_000 + " ms and " + used + " bytes: " + shown);
        }
    }

    boolean isEnough() {
        return wrong.size() >= MOST_WRONG;
    }

    List<String> wrong() {
        return wrong;
    }

    /// How many were read.
    int read() {
        return read;
    }
}
