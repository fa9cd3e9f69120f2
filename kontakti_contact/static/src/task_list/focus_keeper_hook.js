import {onPatched, onWillPatch} from "@odoo/owl";

/**
 * When the button with the focus is removed, moves the focus to the one that takes its
 * place. So a list can be worked through with the keyboard.
 *
 * @param {{el: HTMLElement | null}} rootRef
 */
export function useFocusKeeper(rootRef) {
    let focused = null;
    const peersOf = ({name}) => [
        ...rootRef.el.querySelectorAll(`button[name="${name}"]`),
    ];
    onWillPatch(() => {
        const el = document.activeElement;
        const isKept = el?.name && rootRef.el?.contains(el);
        focused = isKept ? {el, name: el.name, place: peersOf(el).indexOf(el)} : null;
    });
    onPatched(() => {
        if (focused && rootRef.el && !rootRef.el.contains(focused.el)) {
            const peers = peersOf(focused);
            (peers[focused.place] || peers.at(-1) || rootRef.el).focus();
        }
    });
}
