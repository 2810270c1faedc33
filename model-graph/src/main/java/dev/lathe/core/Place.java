package dev.lathe.core;

import java.nio.file.Path;
import java.util.OptionalLong;

/// Where in the user's world a [Diagnostic] points: a file, a node, a value, a pass, a process or an option.
public sealed interface Place {

    /// Words for people, e.g. `model.onnx, byte 41 943 040` or `node 'MatMul_3' (MatMul)`. Empty for
    /// [Nowhere].
    String words();

    /// No particular place.
    record Nowhere() implements Place {
        @Override
        public String words() {
            return "";
        }
    }

    /// A file and, where it is known, the byte offset from its start.
    record InFile(Path file, OptionalLong offset) implements Place {
        @Override
        public String words() {
            return offset.isPresent() ? file + ", byte " + offset.getAsLong() : file.toString();
        }
    }

    /// A node of the graph, by its shown name and operator.
    record AtNode(String name, String op) implements Place {
        @Override
        public String words() {
            return "node '" + name + "' (" + op + ")";
        }
    }

    /// A value (tensor) of the graph, by name.
    record AtValue(String name) implements Place {
        @Override
        public String words() {
            return "tensor '" + name + "'";
        }
    }

    /// An optimization pass, by its registered name.
    record InPass(String pass) implements Place {
        @Override
        public String words() {
            return "pass " + pass;
        }
    }

    /// A worker process, by its process id.
    record InWorker(long pid) implements Place {
        @Override
        public String words() {
            return "worker process " + pid;
        }
    }

    /// An option or argument that the user gave.
    record AtOption(String option) implements Place {
        @Override
        public String words() {
            return "option " + option;
        }
    }

    /// A place inside a file that is not told by offset, such as a node of the model that it holds.
    record Within(Path file, Place inner) implements Place {
        @Override
        public String words() {
            return inner.words().isEmpty() ? file.toString() : file + ", " + inner.words();
        }
    }

    static Place nowhere() {
        return new Nowhere();
    }

    static Place file(Path file) {
        return new InFile(file, OptionalLong.empty());
    }

    static Place file(Path file, long offset) {
        return new InFile(file, OptionalLong.of(offset));
    }
}
