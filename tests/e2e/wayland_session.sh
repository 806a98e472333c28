#!/bin/bash
# Runs "$@" in a headless Wayland session with the screenshot portal. Expects to be inside dbus-run-session,
# with XDG_RUNTIME_DIR and HOME pointing to folders of its own.
set -u
export WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman
export XDG_CURRENT_DESKTOP=sway XDG_SESSION_TYPE=wayland
unset DISPLAY WAYLAND_DISPLAY

printf 'output * resolution 1280x720\noutput * background #405060 solid_color\nexec touch "$XDG_RUNTIME_DIR/up"\n' \
    > "$XDG_RUNTIME_DIR/sway.conf"
sway --config "$XDG_RUNTIME_DIR/sway.conf" > "$XDG_RUNTIME_DIR/sway.log" 2>&1 &
started=($!)
for _try in $(seq 100); do [ -e "$XDG_RUNTIME_DIR/up" ] && break; sleep 0.1; done
export WAYLAND_DISPLAY=$(basename "$(ls "$XDG_RUNTIME_DIR"/wayland-* | grep -v lock | head -1)")
export SWAYSOCK=$(ls "$XDG_RUNTIME_DIR"/sway-ipc.* | head -1)
dbus-update-activation-environment WAYLAND_DISPLAY SWAYSOCK XDG_CURRENT_DESKTOP XDG_SESSION_TYPE

# Started by hand: activation by the bus may stall for 25 s where there is no systemd.
pipewire > "$XDG_RUNTIME_DIR/pipewire.log" 2>&1 & started+=($!)
wireplumber > "$XDG_RUNTIME_DIR/wireplumber.log" 2>&1 & started+=($!)
for part in -wlr -gtk ""; do
    "/usr/libexec/xdg-desktop-portal$part" > "$XDG_RUNTIME_DIR/portal$part.log" 2>&1 & started+=($!)
    sleep 0.5
done

QT_QPA_PLATFORM=wayland "$@"
result=$?
kill "${started[@]}" 2> /dev/null
exit $result
