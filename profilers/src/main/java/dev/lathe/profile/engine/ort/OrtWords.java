package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OrtException;

/// The runtime's error messages without source files and line breaks.
final class OrtWords {
    private OrtWords() {}

    static String of(OrtException e) {
        String text = String.valueOf(e.getMessage());
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " ")
                .replaceAll("^Error code - ORT_[A-Z_]+ - message: ", "")
                .replaceAll("/\\S+?/(onnxruntime/)", "$1")
                .strip();
    }
}
