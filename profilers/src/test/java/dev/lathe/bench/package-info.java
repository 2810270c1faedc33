/// Benchmarks: each a main class that prints the figures of docs/benchmarks.md. Not tests: they judge nothing.
package dev.lathe.bench;
