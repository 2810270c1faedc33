package dev.lathe.core;

/// How bad a [Diagnostic] is.
public enum Severity {
    INFO,
    WARNING,
    ERROR
}
