# Sourced by ./test; POSIX sh. PyTorch for the tests of its engine: the very package that `lathe packs add pytorch` gets.
# It is kept in the user's cache, so that it is got once; the tests unpack it beside itself.

# Where the tests look for it.
test_pytorch_folder=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}/test-pytorch

# $1 is the version of PyTorch. Says why when there will be none; the tests are skipped then.
test_pytorch() {
    [ "$(uname -sm)" = "Linux x86_64" ] || return 0
    [ -f "$test_pytorch_folder/pytorch-native-cpu-$1-linux-x86_64.jar" ] && return 0
    command -v mvn >/dev/null 2>&1 || return 0
    mkdir -p "${test_pytorch_folder%/*}"
    part=$(mktemp -d "$test_pytorch_folder.XXXXXX")
    package=ai.djl.pytorch:pytorch-native-cpu:$1:jar:linux-x86_64
    echo "Getting PyTorch for the tests (112 MB, once): $package"
    # From there, since here it would be asked of each module.
    if (cd "$part" && timeout 120 mvn -q -B -ntp dependency:copy "-Dartifact=$package" -DoutputDirectory=.) >"$part/log" 2>&1; then
        rm -rf "$test_pytorch_folder"
        mv "$part" "$test_pytorch_folder"
    else
        tail -n 3 "$part/log" >&2
        echo "Could not get it: the tests of its engine will be skipped." >&2
        rm -rf "$part"
    fi
}
