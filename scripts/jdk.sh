# Sourced by ./lathe, ./test and the developers' own scripts; POSIX sh.
#
# Finds a JDK that is new enough and sets JAVA_HOME to it. Many machines have an older `java` first on the path, and
# Maven, Error Prone and the formatter all parse our sources with the JDK that Maven itself runs on: so it is the
# scripts that choose, and nobody has to change their system.

LATHE_JDK=25

# The feature number of the JDK at $1 (25 for 25.0.1), or nothing when there is no JDK. Reads the `release` file:
# starting `java -version` would cost 50 ms for every candidate.
jdk_feature() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

# What the caller chose: JAVA_HOME, then the java on the path. One on a line.
jdk_chosen() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    if on_path=$(command -v java 2>/dev/null) && [ -n "$on_path" ]; then
        real=$(readlink -f "$on_path" 2>/dev/null) || real=$on_path
        printf '%s\n' "${real%/bin/java}"
    fi
}

# Where systems and version tools keep their JDKs.
jdk_installed() {
    for home in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /usr/local/*jdk* \
        "${HOME:-/}"/.sdkman/candidates/java/* "${HOME:-/}"/.jdks/* \
        "${HOME:-/}"/.asdf/installs/java/* "${HOME:-/}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        [ ! -d "$home" ] || printf '%s\n' "$home"
    done
}

# Sets and exports JAVA_HOME, or says what to do and returns 1. The caller's choice wins when it is new enough; among
# the others the exact version is preferred, as that is the one we test with.
jdk_find() {
    found=
    old_ifs=$IFS
    IFS='
'
    for home in $(jdk_chosen); do
        feature=$(jdk_feature "$home")
        if [ "${feature:-0}" -ge "$LATHE_JDK" ]; then
            found=$home
            break
        fi
    done
    if [ -z "$found" ]; then
        for home in $(jdk_installed); do
            feature=$(jdk_feature "$home")
            [ "${feature:-0}" -ge "$LATHE_JDK" ] || continue
            [ -n "$found" ] || found=$home
            if [ "$feature" -eq "$LATHE_JDK" ]; then
                found=$home
                break
            fi
        done
    fi
    IFS=$old_ifs
    if [ -z "$found" ]; then
        cat >&2 <<EOF
Lathe needs a JDK $LATHE_JDK (a full one, with javac) and found none.
It looked at JAVA_HOME (${JAVA_HOME:-not set}), at the java on the path, and where systems usually keep their JDKs.
Install one, for example:
    Debian, Ubuntu   apt-get install openjdk-$LATHE_JDK-jdk   (or Temurin $LATHE_JDK)
    macOS            brew install openjdk@$LATHE_JDK
    any              sdk install java $LATHE_JDK-tem          (SDKMAN)
and if it lies in an unusual place, say where:  JAVA_HOME=/path/to/jdk $0
EOF
        return 1
    fi
    JAVA_HOME=$found
    export JAVA_HOME
}

# Checks for Maven, and sets its JVM up: its own libraries still call what JDK 25 warns about.
maven_find() {
    if ! command -v mvn >/dev/null 2>&1; then
        echo "Lathe is built with Apache Maven 3.8 or newer, and there is no mvn on the path (Debian: apt-get install maven; macOS: brew install maven)." >&2
        return 1
    fi
    MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    export MAVEN_OPTS
}
