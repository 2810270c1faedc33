package dev.lathe.profile.pack;

import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.engine.ort.OrtNatives;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// The runtime that a pack's libraries are, of which this Lathe takes exactly one version.
public enum PackRuntime {
    ONNX_RUNTIME("ONNX Runtime"),
    PYTORCH("PyTorch");

    private final String title;

    PackRuntime(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /// What lists of contents call it.
    String id() {
        return name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    static PackRuntime of(String id) throws IOException {
        for (PackRuntime r : values()) {
            if (r.id().equals(id)) {
                return r;
            }
        }
        throw new IOException("it is of the runtime '" + id + "', which this version of Lathe does not know");
    }

    /// The library between the runtime and Java, of the same version, which is a part of Lathe.
    InputStream join() throws IOException {
        return switch (this) {
            case ONNX_RUNTIME -> OrtNatives.join();
            case PYTORCH -> PyTorchNatives.join();
        };
    }

    String joinName() {
        return switch (this) {
            case ONNX_RUNTIME -> OrtNatives.joinName();
            case PYTORCH -> PyTorchNatives.joinName();
        };
    }
}
