package dev.lathe.profile.nvml;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// NVIDIA's management library, which comes with the driver, through its C functions. Of the ones here each answers 0
/// when it worked. Used from one thread at a time.
///
/// @see <a href="https://docs.nvidia.com/deploy/nvml-api/">NVML API reference</a>
public final class Nvml implements AutoCloseable {
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int NAME_BYTES = 96;
    private static final int VERSION_BYTES = 80;

    /// Of `nvmlClockType_t`.
    private static final int CLOCK_SM = 1;

    private static final int CLOCK_MEMORY = 2;

    private static final int MOST_PROCESSES = 512;
    private static final long PROCESS_BYTES = 24;

    /// `NVML_VALUE_NOT_AVAILABLE`
    private static final long NOT_AVAILABLE = -1;

    private final Arena arena = Arena.ofShared();
    private final Functions functions;

    /// The library cannot be used; the message says why, without a full stop.
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        public Refused(String why) {
            super(why);
        }
    }

    private record Functions(
            MethodHandle init,
            MethodHandle shutdown,
            MethodHandle words,
            MethodHandle count,
            MethodHandle handle,
            MethodHandle name,
            MethodHandle energy,
            Optional<MethodHandle> driver,
            Optional<MethodHandle> memory,
            Optional<MethodHandle> capability,
            Optional<MethodHandle> powerLimit,
            Optional<MethodHandle> highestClock,
            Optional<MethodHandle> busWidth,
            Optional<MethodHandle> computing,
            Optional<MethodHandle> drawing) {
        static Functions of(SymbolLookup library) {
            Linker linker = Linker.nativeLinker();
            return new Functions(
                    function(linker, library, "nvmlInit_v2", FunctionDescriptor.of(INT)),
                    function(linker, library, "nvmlShutdown", FunctionDescriptor.of(INT)),
                    function(linker, library, "nvmlErrorString", FunctionDescriptor.of(POINTER, INT)),
                    function(linker, library, "nvmlDeviceGetCount_v2", FunctionDescriptor.of(INT, POINTER)),
                    function(
                            linker, library, "nvmlDeviceGetHandleByIndex_v2", FunctionDescriptor.of(INT, INT, POINTER)),
                    function(linker, library, "nvmlDeviceGetName", FunctionDescriptor.of(INT, POINTER, POINTER, INT)),
                    function(
                            linker,
                            library,
                            "nvmlDeviceGetTotalEnergyConsumption",
                            FunctionDescriptor.of(INT, POINTER, POINTER)),
                    perhaps(library, "nvmlSystemGetDriverVersion", POINTER, INT),
                    perhaps(library, "nvmlDeviceGetMemoryInfo", POINTER, POINTER),
                    perhaps(library, "nvmlDeviceGetCudaComputeCapability", POINTER, POINTER, POINTER),
                    perhaps(library, "nvmlDeviceGetEnforcedPowerLimit", POINTER, POINTER),
                    perhaps(library, "nvmlDeviceGetMaxClockInfo", POINTER, INT, POINTER),
                    perhaps(library, "nvmlDeviceGetMemoryBusWidth", POINTER, POINTER),
                    perhaps(library, "nvmlDeviceGetComputeRunningProcesses_v3", POINTER, POINTER, POINTER),
                    perhaps(library, "nvmlDeviceGetGraphicsRunningProcesses_v3", POINTER, POINTER, POINTER));
        }

        /// What only tells more of a card need not be in every driver.
        private static Optional<MethodHandle> perhaps(SymbolLookup library, String name, MemoryLayout... arguments) {
            return library.find(name)
                    .map(f -> Linker.nativeLinker().downcallHandle(f, FunctionDescriptor.of(INT, arguments)));
        }

        private static MethodHandle function(
                Linker linker, SymbolLookup library, String name, FunctionDescriptor descriptor) {
            return linker.downcallHandle(library.findOrThrow(name), descriptor);
        }
    }

    /// The library as the driver installs it.
    public static Nvml open() throws Refused {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        try {
            // Once loaded it stays: unloading it while its threads run would end the process.
            return open(SymbolLookup.libraryLookup(windows ? "nvml.dll" : "libnvidia-ml.so.1", Arena.global()));
        } catch (IllegalArgumentException missing) {
            throw new Refused("there is no NVIDIA driver");
        }
    }

    /// @param library where its functions are; tests put their own here
    public static Nvml open(SymbolLookup library) throws Refused {
        Functions functions;
        try {
            functions = Functions.of(library);
        } catch (java.util.NoSuchElementException e) {
            throw new Refused("the NVIDIA driver is too old (" + e.getMessage() + ")");
        }
        Nvml nvml = new Nvml(functions);
        int answer = nvml.call(functions.init);
        if (answer != 0) {
            String why = nvml.words(answer);
            nvml.arena.close();
            throw new Refused("the NVIDIA driver does not answer (" + why + ")");
        }
        return nvml;
    }

    private Nvml(Functions functions) {
        this.functions = functions;
    }

    /// How many cards there are.
    public int count() throws Refused {
        MemorySegment out = arena.allocate(INT);
        checked(call(functions.count, out));
        return out.get(INT, 0);
    }

    /// One card, known to the library until it is closed.
    public MemorySegment card(int index) throws Refused {
        MemorySegment out = arena.allocate(POINTER);
        checked(call(functions.handle, index, out));
        return out.get(POINTER, 0);
    }

    public String name(MemorySegment card) throws Refused {
        MemorySegment out = arena.allocate(MemoryLayout.sequenceLayout(NAME_BYTES, ValueLayout.JAVA_BYTE));
        checked(call(functions.name, card, out, NAME_BYTES));
        return out.getString(0);
    }

    /// mJ since the driver was loaded; empty for cards that do not count (before Volta).
    public OptionalLong millijoules(MemorySegment card) {
        try (Arena once = Arena.ofConfined()) {
            MemorySegment out = once.allocate(LONG);
            return call(functions.energy, card, out) == 0 ? OptionalLong.of(out.get(LONG, 0)) : OptionalLong.empty();
        }
    }

    /// The driver's version; empty where it does not tell.
    public Optional<String> driver() {
        try (Arena once = Arena.ofConfined()) {
            MemorySegment out = once.allocate(VERSION_BYTES);
            return answered(functions.driver, out, VERSION_BYTES).map(ok -> out.getString(0));
        }
    }

    /// All of the card's memory, in bytes.
    public OptionalLong memoryBytes(MemorySegment card) {
        try (Arena once = Arena.ofConfined()) {
            // nvmlMemory_t: total, free, used.
            MemorySegment out = once.allocate(LONG, 3);
            return answered(functions.memory, card, out)
                    .map(ok -> OptionalLong.of(out.get(LONG, 0)))
                    .orElse(OptionalLong.empty());
        }
    }

    /// What all programs hold of the card's memory, in bytes.
    public OptionalLong usedBytes(MemorySegment card) {
        try (Arena once = Arena.ofConfined()) {
            // nvmlMemory_t: total, free, used.
            MemorySegment out = once.allocate(LONG, 3);
            return answered(functions.memory, card, out)
                    .map(ok -> OptionalLong.of(out.get(LONG, 2 * LONG.byteSize())))
                    .orElse(OptionalLong.empty());
        }
    }

    /// What these processes hold of it, in bytes: 0 where the driver does not know them by these numbers, or not how
    /// much.
    public long heldBy(MemorySegment card, Set<Long> processes) {
        // A process that computes and draws, as Vulkan's do, is in both lists with all that it holds.
        Map<Long, Long> held = heldBy(functions.computing, card, processes);
        heldBy(functions.drawing, card, processes).forEach((pid, bytes) -> held.merge(pid, bytes, Math::max));
        return held.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<Long, Long> heldBy(Optional<MethodHandle> function, MemorySegment card, Set<Long> processes) {
        Map<Long, Long> held = new HashMap<>();
        try (Arena once = Arena.ofConfined()) {
            MemorySegment count = once.allocate(INT);
            count.set(INT, 0, MOST_PROCESSES);
            // nvmlProcessInfo_t: pid, usedGpuMemory, and two numbers of parts of a card.
            MemorySegment infos = once.allocate(PROCESS_BYTES * MOST_PROCESSES, LONG.byteSize());
            if (answered(function, card, count, infos).isEmpty()) {
                return held;
            }
            for (int i = 0; i < Math.min(MOST_PROCESSES, count.get(INT, 0)); i++) {
                long at = i * PROCESS_BYTES;
                long pid = Integer.toUnsignedLong(infos.get(INT, at));
                long bytes = infos.get(LONG, at + LONG.byteSize());
                if (processes.contains(pid) && bytes != NOT_AVAILABLE) {
                    held.merge(pid, bytes, Long::sum);
                }
            }
            return held;
        }
    }

    /// CUDA's compute capability, such as `8.9`.
    public Optional<String> capability(MemorySegment card) {
        try (Arena once = Arena.ofConfined()) {
            MemorySegment major = once.allocate(INT);
            MemorySegment minor = once.allocate(INT);
            return answered(functions.capability, card, major, minor)
                    .map(ok -> major.get(INT, 0) + "." + minor.get(INT, 0));
        }
    }

    /// The most power that the card may draw now, in mW.
    public OptionalInt powerLimitMilliwatts(MemorySegment card) {
        return number(functions.powerLimit, card);
    }

    /// The highest clock of the multiprocessors, in MHz.
    public OptionalInt highestClockMegahertz(MemorySegment card) {
        return number(functions.highestClock, card, CLOCK_SM);
    }

    /// The highest clock of the memory, in MHz.
    public OptionalInt highestMemoryClockMegahertz(MemorySegment card) {
        return number(functions.highestClock, card, CLOCK_MEMORY);
    }

    /// Width of the memory's bus, in bits.
    public OptionalInt memoryBusBits(MemorySegment card) {
        return number(functions.busWidth, card);
    }

    private OptionalInt number(Optional<MethodHandle> function, Object... arguments) {
        try (Arena once = Arena.ofConfined()) {
            MemorySegment out = once.allocate(INT);
            Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = out;
            return answered(function, all)
                    .map(ok -> OptionalInt.of(out.get(INT, 0)))
                    .orElse(OptionalInt.empty());
        }
    }

    /// Present if the driver has the function and it worked.
    private Optional<Boolean> answered(Optional<MethodHandle> function, Object... arguments) {
        return function.filter(f -> call(f, arguments) == 0).map(f -> true);
    }

    private void checked(int answer) throws Refused {
        if (answer != 0) {
            throw new Refused("the NVIDIA driver says: " + words(answer));
        }
    }

    private String words(int answer) {
        try {
            MemorySegment text = (MemorySegment) functions.words.invokeExact(answer);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(Throwable e) {
        return new IllegalStateException("a call of NVML failed", e);
    }

    @Override
    public void close() {
        call(functions.shutdown);
        arena.close();
    }
}
