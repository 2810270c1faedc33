package dev.lathe.profile.engine.ort;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/// Run-level profiling of ONNX Runtime: in the C API, not in the Java one. Called through the API table of
/// the same library.
///
/// The table's slots are fixed per version, so they are used for exactly the version they were checked with;
/// anything else falls back to profiling whole sessions. Slots: onnxruntime_c_api.h of 1.29.0.
final class RunProfiling {
    private static final int API_VERSION = 29;
    private static final int GET_ERROR_MESSAGE = 2;
    private static final int RUN_OPTIONS_ENABLE_PROFILING = 415;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private final MethodHandle enable;
    private final MethodHandle message;

    private RunProfiling(MethodHandle enable, MethodHandle message) {
        this.enable = enable;
        this.message = message;
    }

    /// Empty when the library is of another version or the table cannot be reached.
    static Optional<RunProfiling> load(Path natives) {
        try {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library =
                    SymbolLookup.libraryLookup(natives.resolve(System.mapLibraryName("onnxruntime")), Arena.global());
            MemorySegment base = (MemorySegment)
                    linker.downcallHandle(library.findOrThrow("OrtGetApiBase"), FunctionDescriptor.of(POINTER))
                            .invokeExact();
            base = base.reinterpret(2 * POINTER.byteSize());
            MemorySegment versionText = (MemorySegment)
                    linker.downcallHandle(base.get(POINTER, POINTER.byteSize()), FunctionDescriptor.of(POINTER))
                            .invokeExact();
            if (!versionText.reinterpret(64).getString(0).equals(OrtNatives.VERSION)) {
                return Optional.empty();
            }
            MemorySegment table = (MemorySegment)
                    linker.downcallHandle(base.get(POINTER, 0), FunctionDescriptor.of(POINTER, ValueLayout.JAVA_INT))
                            .invokeExact(API_VERSION);
            table = table.reinterpret((RUN_OPTIONS_ENABLE_PROFILING + 1) * POINTER.byteSize());
            MethodHandle enable = linker.downcallHandle(
                    slot(table, RUN_OPTIONS_ENABLE_PROFILING), FunctionDescriptor.of(POINTER, POINTER, POINTER));
            MethodHandle message =
                    linker.downcallHandle(slot(table, GET_ERROR_MESSAGE), FunctionDescriptor.of(POINTER, POINTER));
            return Optional.of(new RunProfiling(enable, message));
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    private static MemorySegment slot(MemorySegment table, int index) {
        return table.get(POINTER, index * POINTER.byteSize());
    }

    /// Lets the next run with these options write its profile to a file that begins with `prefix`.
    void enable(long runOptions, Path prefix) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = (MemorySegment)
                    enable.invokeExact(MemorySegment.ofAddress(runOptions), arena.allocateFrom(prefix.toString()));
            if (status.address() != 0) {
                MemorySegment text = (MemorySegment) message.invokeExact(status);
                throw new IOException(text.reinterpret(4096).getString(0));
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }
}
