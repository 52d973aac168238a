#!/bin/sh
# install-files.sh install|uninstall BUILD_FOLDER DESTDIR PREFIX: what make install copies where.
# Settings that exist are never overwritten, and an archive is never touched.
set -eu

action=$1 build=$2 destination=$3 prefix=$4
cd "$(dirname "$0")/.."

# The settings of a distribution's own prefix live in /etc, as everybody expects.
case $prefix in
    /usr | /usr/local) settings=/etc/cubevault ;;
    *) settings=$prefix/etc/cubevault ;;
esac
bin=$destination$prefix/bin
libexec=$destination$prefix/libexec/cubevault
library=$destination$prefix/lib
documents=$destination$prefix/share/doc/cubevault
completions=$destination$prefix/share

units="cubevaultd.service cubevault-check.service cubevault-check.timer"

# The units name the programs where this prefix puts them.
install_unit() {
    sed -e "s#/usr/bin/cubevault#$prefix/bin/cubevault#g" \
        -e "s#/usr/libexec/cubevault#$prefix/libexec/cubevault#g" \
        -e "s#/usr/share/doc#$prefix/share/doc#g" "systemd/$1" >"$library/systemd/system/$1"
    chmod 644 "$library/systemd/system/$1"
}

install_everything() {
    install -d "$bin" "$libexec" "$library/systemd/system" "$library/sysusers.d" \
        "$library/tmpfiles.d" "$documents" "$destination$settings" \
        "$completions/bash-completion/completions" "$completions/zsh/site-functions" \
        "$completions/fish/vendor_completions.d"
    install -m 755 "$build/cubevault" "$build/cubevaultd" "$bin"
    install -m 755 "$build/cubevault-gdal" "$libexec"
    for unit in $units; do install_unit "$unit"; done
    install -m 644 systemd/cubevault.sysusers "$library/sysusers.d/cubevault.conf"
    install -m 644 systemd/cubevault.tmpfiles "$library/tmpfiles.d/cubevault.conf"
    install -m 644 README.md CHANGELOG.md docs/*.md "$documents"
    if [ ! -e "$destination$settings/cubevault.toml" ]; then
        install -m 644 etc/cubevault.toml "$destination$settings"
    fi
    "$build/cubevault" --generate-completion-script bash \
        >"$completions/bash-completion/completions/cubevault"
    "$build/cubevault" --generate-completion-script zsh \
        >"$completions/zsh/site-functions/_cubevault"
    "$build/cubevault" --generate-completion-script fish \
        >"$completions/fish/vendor_completions.d/cubevault.fish"
    echo "cubevault: installed below $destination$prefix; to run the daemon:"
    echo "    systemd-sysusers && systemctl daemon-reload &&"
    echo "    systemctl enable --now cubevaultd.service cubevault-check.timer"
}

uninstall_everything() {
    rm -f "$bin/cubevault" "$bin/cubevaultd" "$library/sysusers.d/cubevault.conf" \
        "$library/tmpfiles.d/cubevault.conf" \
        "$completions/bash-completion/completions/cubevault" \
        "$completions/zsh/site-functions/_cubevault" \
        "$completions/fish/vendor_completions.d/cubevault.fish"
    for unit in $units; do rm -f "$library/systemd/system/$unit"; done
    rm -rf "$libexec" "$documents"
    echo "cubevault: removed; settings in $settings and the archives stay"
}

case $action in
    install) install_everything ;;
    uninstall) uninstall_everything ;;
    *)
        echo "usage: install-files.sh install|uninstall BUILD_FOLDER DESTDIR PREFIX" >&2
        exit 2
        ;;
esac
