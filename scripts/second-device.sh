# Sourced by ./test; POSIX sh. A second device for the tests where no graphics card is: the library with WebGPU in it (the
# very package that `lathe packs add webgpu` gets), and SwiftShader, a Vulkan driver that computes on the CPU. Both are npm
# packages. They are kept in the user's cache, so that they are got once.

# Where the tests look for it.
second_device_folder=${LATHE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lathe}/test-device
# What holds SwiftShader: a browser for servers, of which only these 3 of its 70 MB are kept.
second_device_driver=@sparticuz/chromium@147.0.0

# $1 is the version of ONNX Runtime. Says why when there will be no second device; the tests are skipped then.
second_device() {
    [ "$(uname -sm)" = "Linux x86_64" ] || return 0
    package=onnxruntime-node-$1.tgz
    [ -f "$second_device_folder/$package" ] && [ -f "$second_device_folder/vk_swiftshader_icd.json" ] && return 0
    if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
        echo "Without npm there is no second device: the tests that need one will be skipped." >&2
        return 0
    fi
    mkdir -p "${second_device_folder%/*}"
    part=$(mktemp -d "$second_device_folder.XXXXXX")
    echo "Getting a second device for the tests (190 MB, once): onnxruntime-node@$1, $second_device_driver"
    if second_device_files "$part" "$1" >"$part/log" 2>&1; then
        rm -rf "$second_device_folder"
        mv "$part" "$second_device_folder"
    else
        tail -n 3 "$part/log" >&2
        echo "Could not get it: the tests that need a second device will be skipped." >&2
        rm -rf "$part"
    fi
}

second_device_files() (
    cd "$1" &&
        timeout 300 npm pack --loglevel=error --fetch-retries=1 "onnxruntime-node@$2" "$second_device_driver" &&
        tar -xozf sparticuz-chromium-*.tgz package/bin/swiftshader.tar.br &&
        node -e '
            const zlib = require("zlib"), fs = require("fs");
            fs.writeFileSync("driver.tar", zlib.brotliDecompressSync(fs.readFileSync("package/bin/swiftshader.tar.br")));
        ' &&
        tar -xof driver.tar libvulkan.so.1 libvk_swiftshader.so vk_swiftshader_icd.json &&
        rm -rf sparticuz-chromium-*.tgz package driver.tar
)
