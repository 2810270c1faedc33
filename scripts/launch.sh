# Sourced by ./lathe and scripts/bench; POSIX sh. How the program is started, once it is built into $out.

# ControlsFX reaches into these packages of JavaFX, and says so in a manifest that the class path does not read.
control_exports=
for package in \
    javafx.base/com.sun.javafx.event javafx.base/com.sun.javafx.collections javafx.base/com.sun.javafx.runtime \
    javafx.graphics/com.sun.javafx.scene javafx.graphics/com.sun.javafx.scene.traversal \
    javafx.graphics/com.sun.javafx.css \
    javafx.controls/com.sun.javafx.scene.control javafx.controls/com.sun.javafx.scene.control.behavior \
    javafx.controls/com.sun.javafx.scene.control.inputmap; do
    control_exports="$control_exports --add-exports=$package=ALL-UNNAMED"
done

# Starts the program with the option $1 about the start-up cache; the rest are the program's arguments. $run is empty,
# or `exec` when nothing comes after. $launch_options and $launch_more (behind the class path, which so stays one that the
# cache is good for) are for who starts another class of it.
launch() {
    cache=$1
    shift
    # -Xlog: what the JVM has to say about its cache goes nowhere near a command's output.
    $run "$JAVA_HOME/bin/java" "$cache" \
        -Xlog:disable '-Xlog:all=error,aot*=off,cds*=off:stderr' \
        -XX:+UseSerialGC \
        --enable-native-access=ALL-UNNAMED,javafx.graphics \
        --sun-misc-unsafe-memory-access=allow \
        --module-path "$(cat "$out/module-path")" --add-modules javafx.controls,javafx.swing \
        $control_exports \
        "-Dlathe.worker.cache=$out/worker.aot" "-Dlathe.worker.training=${worker_training:-}" \
        ${launch_options:-} \
        -cp "$(cat "$out/class-path")${launch_more:-}" \
        "${launch_class:-dev.lathe.app.Main}" "$@"
}
